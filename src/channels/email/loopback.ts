/** Our own machine: its certificate nobody signs, and encryption protects nothing there. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)
