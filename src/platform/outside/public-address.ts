import ipaddr from 'ipaddr.js'

/**
 * Whether an IP address stands on the public internet: not this machine, not its networks, no provider's metadata
 * service (169.254.169.254), no tunnel into any of them. What is not plainly public is not.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  // process() turns an IPv4 address written as IPv6 (::ffff:127.0.0.1) into what it is.
  return ipaddr.process(address).range() === 'unicast'
}
