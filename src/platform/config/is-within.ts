import ipaddr from 'ipaddr.js'

/** Whether an address is one of these: addresses, networks, or names of ranges (`loopback`). */
export function isWithin(address: string, networks: string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const one = ipaddr.process(address)
  return networks.some((network) => {
    if (!/[.:]/.test(network)) return one.range().toLowerCase() === network
    const [base, bits] = network.includes('/')
      ? ipaddr.parseCIDR(network)
      : [ipaddr.process(network), undefined]
    if (base.kind() !== one.kind()) return false
    return bits === undefined ? base.toString() === one.toString() : one.match(base, bits)
  })
}
