// Well-known mail providers: their servers, and what they want as a password. Each stands with the provider's own page,
// which is also what the reader is sent to. A domain of a company's own is recognised by where its mail is delivered.
import type { FoundServers, MailServerName } from '../channel.ts'

export type Provider = Omit<NonNullable<FoundServers['provider']>, 'id'> & {
  /** what stands behind the @ */
  domains: string[]
  /** ends of the host names in the domain's MX */
  mx: string[]
  imap: MailServerName
  smtp: MailServerName
}

const imaps = (host: string): MailServerName => ({ host, port: 993, security: 'tls' })
const smtps = (host: string): MailServerName => ({ host, port: 465, security: 'tls' })
const submission = (host: string): MailServerName => ({ host, port: 587, security: 'starttls' })
const one = (host: string) => ({ imap: imaps(host), smtp: smtps(host) })
const under = (domain: string) => ({ imap: imaps(`imap.${domain}`), smtp: smtps(`smtp.${domain}`) })
const ends = (name: string, ...tops: string[]) => tops.map((top) => `${name}.${top}`)

export const providers: Record<string, Provider> = {
  google: {
    name: 'Gmail / Google Workspace',
    domains: ['gmail.com', 'googlemail.com'],
    mx: ['google.com', 'googlemail.com'],
    ...under('gmail.com'),
    password: 'app',
    page: 'https://support.google.com/accounts/answer/185833',
  },
  // Basic authentication is off for IMAP since 2022 and going for SMTP.
  microsoft365: {
    name: 'Microsoft 365',
    domains: [],
    mx: ['mail.protection.outlook.com', 'mx.microsoft'],
    imap: imaps('outlook.office365.com'),
    smtp: submission('smtp.office365.com'),
    password: 'none',
    page: 'https://learn.microsoft.com/en-us/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online',
  },
  outlook: {
    name: 'Outlook.com',
    domains: [
      ...ends('outlook', 'com', 'de', 'fr', 'es', 'it'),
      ...ends('hotmail', 'com', 'de', 'fr', 'co.uk'),
    ].concat('live.com', 'msn.com'),
    mx: ['olc.protection.outlook.com'],
    imap: imaps('outlook.office365.com'),
    smtp: submission('smtp-mail.outlook.com'),
    password: 'none',
    page: 'https://support.microsoft.com/en-us/office/pop-imap-and-smtp-settings-for-outlook-com-d088b986-291d-42b8-9564-9c414e2aa040',
  },
  icloud: {
    name: 'iCloud Mail',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    mx: ['mail.icloud.com'],
    imap: imaps('imap.mail.me.com'),
    smtp: submission('smtp.mail.me.com'),
    password: 'app',
    page: 'https://support.apple.com/en-us/102654',
  },
  yahoo: {
    name: 'Yahoo Mail',
    domains: [...ends('yahoo', 'com', 'de', 'fr', 'es', 'it', 'co.uk', 'ca', 'com.br'), 'ymail.com'].concat(
      'rocketmail.com',
    ),
    mx: ['yahoodns.net'],
    ...under('mail.yahoo.com'),
    password: 'app',
    page: 'https://help.yahoo.com/kb/SLN15241.html',
  },
  aol: {
    name: 'AOL Mail',
    domains: ['aol.com', 'aim.com'],
    mx: [],
    ...under('aol.com'),
    password: 'app',
    page: 'https://help.aol.com/',
  },
  fastmail: {
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm'],
    mx: ['messagingengine.com'],
    ...under('fastmail.com'),
    password: 'app',
    page: 'https://www.fastmail.help/hc/en-us/articles/360058752854-App-passwords',
  },
  zoho: {
    name: 'Zoho Mail',
    domains: ['zoho.com', 'zohomail.com'],
    mx: [],
    ...under('zoho.com'),
    password: 'app',
    switchOn: true,
    page: 'https://www.zoho.com/mail/help/imap-access.html',
  },
  zohopro: {
    name: 'Zoho Mail',
    domains: [],
    mx: ['zoho.com'],
    imap: imaps('imappro.zoho.com'),
    smtp: smtps('smtppro.zoho.com'),
    password: 'app',
    switchOn: true,
    page: 'https://www.zoho.com/mail/help/imap-access.html',
  },
  zohoeu: {
    name: 'Zoho Mail (EU)',
    domains: ['zohomail.eu'],
    mx: ['zoho.eu'],
    imap: imaps('imappro.zoho.eu'),
    smtp: smtps('smtppro.zoho.eu'),
    password: 'app',
    switchOn: true,
    page: 'https://www.zoho.com/mail/help/imap-access.html',
  },
  gmx: {
    name: 'GMX',
    domains: ends('gmx', 'net', 'de', 'at', 'ch', 'eu'),
    mx: ['gmx.net'],
    imap: imaps('imap.gmx.net'),
    smtp: smtps('mail.gmx.net'),
    password: 'usual',
    switchOn: true,
    page: 'https://hilfe.gmx.net/pop-imap/',
  },
  gmxcom: {
    name: 'GMX',
    domains: ends('gmx', 'com', 'us', 'co.uk', 'fr', 'es', 'it'),
    mx: ['gmx.com'],
    imap: imaps('imap.gmx.com'),
    smtp: smtps('mail.gmx.com'),
    password: 'usual',
    switchOn: true,
    page: 'https://support.gmx.com/pop-imap/',
  },
  webde: {
    name: 'WEB.DE',
    domains: ['web.de', 'email.de'],
    mx: ['web.de'],
    imap: imaps('imap.web.de'),
    smtp: submission('smtp.web.de'),
    password: 'usual',
    switchOn: true,
    page: 'https://hilfe.web.de/pop-imap/',
  },
  mailru: {
    name: 'Mail.ru / VK WorkSpace',
    domains: ['mail.ru', 'inbox.ru', 'list.ru', 'bk.ru', 'internet.ru', 'vk.com'],
    mx: ['mail.ru'],
    ...under('mail.ru'),
    password: 'app',
    page: 'https://help.mail.ru/mail/security/protection/external',
  },
  yandex: {
    name: 'Яндекс Почта / Яндекс 360',
    domains: [...ends('yandex', 'ru', 'com', 'by', 'kz', 'ua'), 'ya.ru', 'narod.ru'],
    mx: ['yandex.net', 'yandex.ru'],
    ...under('yandex.ru'),
    password: 'app',
    switchOn: true,
    page: 'https://yandex.com/support/passport/authorization/app-passwords.html',
  },
  rambler: {
    name: 'Рамблер Почта',
    domains: ['rambler.ru', 'lenta.ru', 'autorambler.ru', 'myrambler.ru', 'ro.ru'],
    mx: ['rambler.ru'],
    ...under('rambler.ru'),
    password: 'usual',
    switchOn: true,
    page: 'https://help.rambler.ru/mail/',
  },
  ukrnet: {
    name: 'UKR.NET',
    domains: ['ukr.net'],
    mx: ['ukr.net'],
    ...under('ukr.net'),
    password: 'app',
    switchOn: true,
    page: 'https://wiki.ukr.net/',
  },
  ionos: {
    name: 'IONOS',
    domains: [],
    mx: ['ionos.com', 'ionos.co.uk', '1and1.com'],
    ...under('ionos.com'),
    password: 'usual',
    page: 'https://www.ionos.com/help/email/',
  },
  ionosde: {
    name: 'IONOS',
    domains: ['online.de', 'onlinehome.de'],
    mx: ['ionos.de', 'kundenserver.de'],
    ...under('ionos.de'),
    password: 'usual',
    page: 'https://www.ionos.de/hilfe/e-mail/',
  },
  strato: {
    name: 'STRATO',
    domains: [],
    mx: ['rzone.de'],
    ...under('strato.de'),
    password: 'usual',
    page: 'https://www.strato.de/faq/mail/',
  },
  ovh: {
    name: 'OVHcloud',
    domains: [],
    mx: ['mail.ovh.net', 'ovh.net'],
    ...one('ssl0.ovh.net'),
    password: 'usual',
    page: 'https://help.ovhcloud.com/',
  },
  hetzner: {
    name: 'Hetzner',
    domains: [],
    mx: ['your-server.de'],
    ...one('mail.your-server.de'),
    password: 'usual',
    page: 'https://docs.hetzner.com/konsoleh/account-management/email/mailboxes',
  },
  telekom: {
    name: 'Telekom Mail',
    domains: ['t-online.de', 'magenta.de'],
    mx: ['t-online.de'],
    imap: imaps('secureimap.t-online.de'),
    smtp: smtps('securesmtp.t-online.de'),
    password: 'app',
    page: 'https://www.telekom.de/hilfe',
  },
  mailboxorg: {
    name: 'mailbox.org',
    domains: ['mailbox.org'],
    mx: ['mailbox.org'],
    ...under('mailbox.org'),
    password: 'usual',
    page: 'https://kb.mailbox.org/en/private/e-mail/e-mail-configuration',
  },
  posteo: {
    name: 'Posteo',
    domains: ends('posteo', 'de', 'net', 'org', 'eu'),
    mx: ['posteo.de'],
    ...one('posteo.de'),
    password: 'usual',
    page: 'https://posteo.de/en/help',
  },
  // The bridge decrypts on the reader's own machine; Foyer must run beside it.
  proton: {
    name: 'Proton Mail',
    domains: ['proton.me', 'protonmail.com', 'pm.me', 'protonmail.ch'],
    mx: ['protonmail.ch'],
    imap: { host: '127.0.0.1', port: 1143, security: 'starttls' },
    smtp: { host: '127.0.0.1', port: 1025, security: 'starttls' },
    password: 'bridge',
    page: 'https://proton.me/support/imap-smtp-and-pop3-setup',
  },
  infomaniak: {
    name: 'Infomaniak',
    domains: ['ik.me', 'ikmail.com', 'etik.com'],
    mx: ['infomaniak.ch', 'infomaniak.com'],
    ...one('mail.infomaniak.com'),
    password: 'app',
    page: 'https://www.infomaniak.com/en/support/faq/admin2/email-service',
  },
  migadu: {
    name: 'Migadu',
    domains: [],
    mx: ['migadu.com'],
    ...under('migadu.com'),
    password: 'usual',
    page: 'https://www.migadu.com/guides/',
  },
  gandi: {
    name: 'Gandi',
    domains: [],
    mx: ['mail.gandi.net'],
    ...one('mail.gandi.net'),
    password: 'usual',
    page: 'https://docs.gandi.net/en/gandimail/',
  },
  privateemail: {
    name: 'Namecheap Private Email',
    domains: ['privateemail.com'],
    mx: ['privateemail.com'],
    ...one('mail.privateemail.com'),
    password: 'usual',
    page: 'https://www.namecheap.com/support/knowledgebase/',
  },
  hostinger: {
    name: 'Hostinger',
    domains: [],
    mx: ['hostinger.com'],
    ...under('hostinger.com'),
    password: 'usual',
    page: 'https://www.hostinger.com/support',
  },
  rackspace: {
    name: 'Rackspace Email',
    domains: [],
    mx: ['emailsrvr.com'],
    ...one('secure.emailsrvr.com'),
    password: 'usual',
    page: 'https://docs.rackspace.com/',
  },
}

const endsIn = (host: string, end: string) => host === end || host.endsWith(`.${end}`)
type Known = [id: string, provider: Provider]

export const providerOfDomain = (domain: string): Known | undefined =>
  Object.entries(providers).find(([, { domains }]) => domains.includes(domain))

/** By the most exact end: olc.protection.outlook.com is not Microsoft 365's. */
export const providerOfMx = (exchange: string): Known | undefined =>
  Object.entries(providers)
    .map((known) => ({ known, length: longest(known[1].mx, exchange) }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => b.length - a.length)[0]?.known
const longest = (mx: string[], host: string) =>
  Math.max(0, ...mx.filter((end) => endsIn(host, end)).map((end) => end.length))
