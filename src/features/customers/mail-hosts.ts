import hosts from 'email-providers/all.json' with { type: 'json' }

const everybodys = new Set(hosts as string[])

/** Whether people of no common company have addresses at this domain: gmail.com, mail.ru and thousands more. */
export function isMailHost(domain: string): boolean {
  return everybodys.has(domain) || /(^|\.)(invalid|local|localhost)$/.test(domain)
}
