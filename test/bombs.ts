// Mails made to break whoever reads them, for the tests: each is small to send and aims at one weakness of readers.
const mega = 1024 * 1024
const simple =
  'From: a@example.org\r\nTo: support@example.com\r\nSubject: Bomb\r\nMessage-ID: <b@example.org>\r\n'
const text = (words: string, more = '') => `${simple}${more}\r\n${words}`
const html = (words: string) => text(words, 'Content-Type: text/html; charset=utf-8\r\n')
const parts = (part: (n: number) => string, count: number) =>
  `${simple}Content-Type: multipart/mixed; boundary=b\r\n\r\n${Array.from({ length: count }, (_, n) => `--b\r\n${part(n)}\r\n`).join('')}--b--\r\n`

function deep(levels: number): string {
  let head = simple
  for (let n = 0; n < levels; n += 1)
    head += `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`
  return `${head}\r\nInside\r\n`
}
function deepMails(levels: number): string {
  let head = simple
  for (let n = 0; n < levels; n += 1) head += 'Content-Type: message/rfc822\r\n\r\nFrom: a@example.org\r\n'
  return `${head}\r\nInside\r\n`
}

/** By name; made when asked for, some are tens of megabytes. */
export const bombs: Record<string, () => string> = {
  'ten thousand multiparts inside one another': () => deep(10_000),
  'ten thousand mails inside one another': () => deepMails(10_000),
  'a hundred thousand parts': () => parts(() => '\r\nx', 100_000),
  'a hundred thousand empty boundaries': () =>
    `${simple}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n'.repeat(300_000)}`,
  'two hundred thousand headers': () => text('x', 'X-Header: y\r\n'.repeat(200_000)),
  'one header of ten megabytes': () => text('x', `X-Header: ${'y'.repeat(10 * mega)}\r\n`),
  'a header folded a million times': () => text('x', `X-Header: y\r\n${' y\r\n'.repeat(mega)}`),
  'a subject of a megabyte in encoded words': () =>
    `From: a@example.org\r\nSubject: ${'=?utf-8?B?8J+YgA==?= '.repeat(40_000)}\r\n\r\nx`,
  'a subject of unfinished encoded words': () =>
    `From: a@example.org\r\nSubject: ${'=?utf-8?Q?'.repeat(90_000)}\r\n\r\nx`,
  'a hundred thousand recipients': () => text('x', `Cc: ${'a@example.org, '.repeat(60_000)}\r\n`),
  'recipients in a hundred thousand brackets': () =>
    text('x', `Cc: ${'('.repeat(400_000)}a@example.org\r\nReply-To: ${'<'.repeat(400_000)}\r\n`),
  'groups inside groups': () => text('x', `Cc: ${'a:'.repeat(300_000)}b@example.org;\r\n`),
  'an address without an end': () => text('x', `Cc: ${'a.'.repeat(450_000)}\r\n`),
  'a megabyte of references': () => text('x', `References: ${'<a@example.org> '.repeat(60_000)}\r\n`),
  'references without an end': () => text('x', `References: ${'<'.repeat(900_000)}\r\n`),
  'a file name of a megabyte': () =>
    parts(
      () =>
        `Content-Type: text/plain; name="${'n'.repeat(900_000)}"\r\nContent-Disposition: attachment\r\n\r\nx`,
      1,
    ),
  'a file name in forty thousand pieces': () =>
    parts(
      () =>
        `Content-Disposition: attachment;${Array.from({ length: 40_000 }, (_, n) => ` filename*${n}*=utf-8''%41;`).join('')}\r\n\r\nx`,
      1,
    ),
  'a file name of slashes, dots and escapes': () =>
    parts(() => `Content-Disposition: attachment; filename="${'../%2e%'.repeat(100_000)}"\r\n\r\nx`, 1),
  'a thousand files with long names': () =>
    parts(
      (n) => `Content-Disposition: attachment; filename="${n}${'=?utf-8?B?8J+YgA==?='.repeat(40)}"\r\n\r\nx`,
      999,
    ),
  'parameters without an end': () => text('x', `Content-Type: text/plain${'; a="b'.repeat(120_000)}\r\n`),
  'quoted-printable of soft line ends': () =>
    text('=\r\n'.repeat(10 * mega), 'Content-Transfer-Encoding: quoted-printable\r\n'),
  'quoted-printable in one line of thirty megabytes': () =>
    text('=41'.repeat(10 * mega), 'Content-Transfer-Encoding: quoted-printable\r\n'),
  'quoted-printable of nothing but equal signs': () =>
    text('='.repeat(30 * mega), 'Content-Transfer-Encoding: quoted-printable\r\n'),
  'base64 that is none': () => text('!?*='.repeat(8 * mega), 'Content-Transfer-Encoding: base64\r\n'),
  'one line of forty megabytes': () => text('x'.repeat(40 * mega)),
  'twenty million line ends': () => text('\n'.repeat(20 * mega)),
  'spaces without a word': () => text(`${' '.repeat(2 * mega)}x\n`.repeat(4)),
  'quote marks without an end': () => text('>'.repeat(5 * mega)),
  'ten million quoted lines': () => text('> \n'.repeat(3 * mega)),
  'a hundred thousand beginnings of a history': () =>
    text('On Mon, 2 Mar 2026 at 10:00, Anna wrote:\n'.repeat(100_000)),
  'a history that never begins': () => text(`On ${'Mon, 2 Mar 2026 at 10:00 Anna '.repeat(100_000)}`),
  'lines of dashes': () => text('-----Original Message-----\n'.repeat(200_000)),
  'signatures without an end': () => text('-- \n'.repeat(mega)),
  'headers in the body': () => text('From: a\nSent: b\nTo: c\nSubject: d\n'.repeat(100_000)),
  'addresses in a row': () => text('a@b.'.repeat(mega)),
  'markers in a row': () => text('foyer-c-'.repeat(mega)),
  'links in a row': () => text('http://a.b/'.repeat(500_000)),
  'flowed lines': () =>
    text('word \r\n'.repeat(2 * mega), 'Content-Type: text/plain; format=flowed; delsp=yes\r\n'),
  'shifts of a Japanese charset': () =>
    text('\x1b$B\x1b(B'.repeat(2 * mega), 'Content-Type: text/plain; charset=iso-2022-jp\r\n'),
  'UTF-7': () => text('+AD4-+'.repeat(2 * mega), 'Content-Type: text/plain; charset=utf-7\r\n'),
  'bytes of no charset': () =>
    text('\xff\xfe\x80\x81'.repeat(2 * mega), 'Content-Type: text/plain; charset=x\r\n'),
  'two hundred thousand elements inside one another': () => html('<div>'.repeat(200_000)),
  'tables inside tables': () => html('<table><tr><td>'.repeat(60_000)),
  'quotes inside quotes': () => html('<blockquote>'.repeat(100_000)),
  'tags that never close': () => html('<a '.repeat(mega)),
  'a tag of ten megabytes': () => html(`<a title="${'x'.repeat(10 * mega)}`),
  'comments that never close': () => html('<!--'.repeat(mega)),
  'a million entities': () => html('&amp;&#x1f600;'.repeat(mega)),
  'a million pictures': () => html('<img src="cid:x">'.repeat(500_000)),
  'styles without an end': () =>
    html(`<style>${'a{b:c}'.repeat(mega)}</style>${'<p style="a:b;c:d">x'.repeat(100_000)}`),
  'a list of a million': () => html('<ul><li>x'.repeat(100_000)),
  'a report of half a million fields': () =>
    `${simple}Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n${'Final-Recipient: rfc822; a@example.org\r\nAction: failed\r\n\r\n'.repeat(200_000)}--b--`,
  'a bounce in words without an end': () =>
    `From: MAILER-DAEMON@example.org\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n${'<a@example.org>: host mx said: 550 '.repeat(150_000)}`,
  'a forward without an end': () => text('---------- Forwarded message ---------\nFrom: '.repeat(100_000)),
  'an invitation of a million lines': () =>
    text(
      `BEGIN:VCALENDAR\r\n${'BEGIN:VEVENT\r\nRRULE:FREQ=SECONDLY\r\n'.repeat(200_000)}`,
      'Content-Type: text/calendar\r\n',
    ),
}
