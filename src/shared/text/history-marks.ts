/**
 * The words with which mail programs begin the history under an answer, in the languages seen. Every pattern
 * is matched against single short lines, without nested repetition: time is linear in the text.
 */

const originalMessage =
  'original message|original appointment|reply message|ursprüngliche nachricht|originalnachricht|' +
  'ursprüngliche e-mail|исходное сообщение|исходное письмо|оригинальное сообщение|' +
  "первоначальное сообщение|вихідне повідомлення|message d'origine|message d’origine|" +
  'message original|message initial|mensaje original|mensagem original|messaggio originale|' +
  'mesaj original|mesajul original|mesaj inițial|元のメッセージ|original mail|oorspronkelijk bericht|' +
  'oprindelig meddelelse|original meddelelse|oprindelig besked|ursprungligt meddelande|' +
  'originalmeddelande|opprinnelig melding|alkuperäinen viesti|wiadomość oryginalna|' +
  'wiadomość pierwotna|původní zpráva|pôvodná správa|eredeti üzenet|orijinal mesaj|özgün ileti|' +
  '원본 메시지|원본 메일|原始邮件|原始郵件|эх захидал|анхны захидал|эх мессеж'
const forwarded =
  'forwarded message|forwarded by|begin forwarded message|weitergeleitete nachricht|' +
  'anfang der weitergeleiteten|пересылаемое сообщение|пересланное сообщение|пересылаемое письмо|' +
  'начало переадресованного сообщения|перенаправлене повідомлення|message transféré|' +
  'début du message|mensaje reenviado|inicio del mensaje reenviado|mensagem encaminhada|' +
  'messaggio inoltrato|inizio messaggio inoltrato|mesaj redirecționat|mesaj transmis|転送されたメッセージ|' +
  '転送メッセージ|転送されたメール|doorgestuurd bericht|videresendt meddelelse|vidarebefordrat meddelande|' +
  'videresendt melding|wiadomość przekazana|przekazana wiadomość|přeposlaná zpráva|' +
  'továbbított üzenet|iletilmiş mesaj|yönlendirilen ileti|전달된 메시지|转发邮件|转发的邮件|轉寄郵件|' +
  'дамжуулсан захидал|дамжуулсан мессеж'
const bare = (line: string): string => line.slice(0, 200).trim()

const originalPattern = new RegExp(
  `^[-_=*~\\s>]{0,40}(?:${originalMessage})\\s{0,3}[:：]?[-_=*~\\s]{0,40}$`,
  'i',
)
const forwardedPattern = new RegExp(`^[-_=*~\\s>]{0,40}(?:${forwarded})`, 'i')

/** `-----Original Message-----`; without the dashes only when it is the whole line. */
export const isOriginalMark = (line: string): boolean =>
  originalPattern.test(bare(line)) && /[-_=*~:：]/.test(line)
/** What follows is forwarded: that is the mail's own content. */
export const isForwardMark = (line: string): boolean => forwardedPattern.test(bare(line))
/** Subjects of forwarded mail. */
export const isForwardSubject = (subject: string): boolean =>
  /^\s*(?:\[[^\]]{0,40}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|fs|vs|vb|doorst|пересл|перес|пер|转发|轉寄|転送|дамжуулсан)\s*[:：]/i.test(
    subject,
  )

/** Labels of the header block that Outlook and others put above the history. */
const labels: Record<string, string> = {
  from:
    'from|von|de|от|от кого|від|da|差出人|送信者|хэнээс|илгээгч|van|från|fra|lähettäjä|od|feladó|kimden|' +
    'gönderen|de la|expéditeur|remitente|mittente|보낸 사람|发件人|寄件者|寄件人',
  date:
    'sent|message du|date|gesendet|gesendet am|datum|envoyé|envoyé le|отправлено|дата|надіслано|' +
    'enviado|enviado el|enviada em|fecha|data|inviato|trimis|expediat|送信日時|日時|日付|илгээсэн|огноо|' +
    'verzonden|skickat|sendt|dato|lähetetty|wysłano|odesláno|elküldve|dátum|tarih|gönderildi|보낸 날짜|' +
    '날짜|发送时间|寄件日期|日期',
  to:
    'to|an|à|a|кому|para|către|宛先|хэнд|хүлээн авагч|aan|till|til|vastaanottaja|do|komu|címzett|kime|' +
    'alıcı|받는 사람|收件人|收件者',
  subject:
    'subject|betreff|objet|sujet|тема|asunto|assunto|oggetto|subiect|件名|сэдэв|гарчиг|onderwerp|ämne|' +
    'emne|aihe|temat|předmět|predmet|tárgy|konu|제목|主题|主旨',
  cc: 'cc|kopie|копия|копія|copie|copie à|copie a|cci|хуулбар|参照|抄送|副本',
}
const groups = new Map(
  Object.entries(labels).flatMap(([group, words]) => words.split('|').map((word) => [word, group] as const)),
)
const label = /^[>\s*_]{0,10}([^:：*]{1,24}?)\s?\*{0,2}\s?[:：]\*{0,2}(.*)$/

/** Which header a line like `*Von:* Anna` is; null when it is none. */
export function headerLabel(line: string): string | null {
  const match = label.exec(line.slice(0, 300))
  return match ? (groups.get(match[1]!.trim().toLowerCase()) ?? null) : null
}

/** "wrote:", as it stands in the line above a quote. */
const wrote =
  /(?:^|[\s\d(>)])(?:(?:wrote|writes|schrieb|schrieben|a écrit|escribió|escribio|ha scritto|escreveu|a scris|schreef|skrev|kirjoitti|napisał|napisała|napisał\(a\)|pisze|wiadomość napisana przez|napsal|napsala|napsal\(a\)|napísal|írta|şunu yazdı|yazdı|geschreven|написал|написала|написал\(а\)|писал|писала|писали|пишет|пише|написав|написав\(ла\)|бичсэн|бичсэн нь|бичив|бичлээ|כתב))(?:$|[\s:：,(])|(?:写道|寫道|のメール|書きました|作成|작성|쓴 글)[:：\s]*$/i
/** Zoho and others leave the colon out. */
const wroteLast = /(?:>|@\S{1,100}) (?:wrote|schrieb|a écrit|escribió|ha scritto|написал\(а\)|пишет)$/i
/** A time of day, a full date or a year. */
const moment = /\d{1,2}[:.h]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:19|20)\d{2}[年년-]/
const person = /[^\s<>@]{1,64}@[^\s<>@]{1,190}/
const opening =
  /^(?:wiadomość napisana|on|at|am|den|vom|le|el|il|em|op|în|in|pe|dnia|dne|w dniu|w|på|le|mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|здравствуйте|вы писали|\d|在|"|[^\s]{1,30}[ ,<])/i

/** A quick look before the lines are joined and tried in earnest. */
export const mayEndAttribution = (line: string): boolean =>
  /(?:[:：*_-]|wrote|schrieb|écrit|escribió|scritto|\(а\)|пишет)\s*$/.test(line.slice(-40))

export type Attribution = 'strong' | 'weak' | null

/**
 * Whether a line (or some joined ones) introduces a quote: `On … Anna wrote:`, `пн, 2 мар. 2026 г. в 10:11,
 * Анна <a@example.com>:`. Strong: alone enough; weak: enough when quoted lines follow.
 */
export function attribution(line: string): Attribution {
  const text = line.trim().replace(/^-{2,10}\s?|\s?-{2,10}$/g, '')
  if (text.length < 8 || text.length > 500) return null
  if (!/[:：]\s*(?:\*|_)*$/.test(text))
    return wroteLast.test(text) && moment.test(text) && person.test(text) ? 'strong' : null
  const says = wrote.test(text)
  const when = moment.test(text)
  const who = person.test(text)
  if (!opening.test(text)) return null
  if ((says && when) || (when && who && /<[^<>]{3,250}>\s*[^\s]{0,12}\s*[:：]$/.test(text))) return 'strong'
  return says || (when && who) ? 'weak' : null
}

/** What phones and programs put under every mail. */
export const isDeviceLine = (line: string): boolean => {
  const text = line.trim()
  return text.length < 120 && !/, \S/.test(text) && text.split(/\s/).length <= 9 && devices.test(text)
}
const devices =
  /^(?:[-–—*_]{0,3}\s{0,2})(?:sent (?:from|via|using|with) (?:my |the )?\S|get outlook for |sent with |diese nachricht wurde von |von meinem .{1,40} gesendet|gesendet (?:von|mit|aus) |envoyé (?:de|depuis|à partir) |télécharge[rz] outlook|obtenir outlook|enviado (?:desde|do|de|con|a partir) |obtener outlook|trimis de pe |trimis din |inviato da |отправлено (?:с|со|из|через) |отправлено мобильн|послано (?:с|из) |надіслано (?:з|із) |миний .{1,40}(?:илгээ|явуул)|iphone.{0,20}илгээ|verzonden (?:vanaf|met|via) |skickat från |sendt fra |lähetetty |wysłane z |wysłano z |odesláno z |iphone'?(?:umdan|dan) gönderildi|.{1,30}から送信|.{1,30}에서 (?:보냄|전송)|发自我的|從我的)/i
