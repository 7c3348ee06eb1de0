import type { SideTest, TestStep } from '../channel.ts'

/** The way as it went: null, all of it. */
export function stepsUpTo(way: TestStep[], failed: TestStep | null): NonNullable<SideTest['steps']> {
  const at = failed ? way.indexOf(failed) : way.length
  return way.map((step, n) => ({ step, state: n < at ? 'passed' : n === at ? 'failed' : 'untried' }))
}

/** The server spoke TLS, but does not prove that it is who was asked for (codes of node:tls). */
export const isCertificate = (code: string) =>
  /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(GET|VERIFY))/.test(code)
