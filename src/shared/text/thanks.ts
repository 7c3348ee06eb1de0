import { newWords } from './new-words.ts'

/** A thank-you longer than this says something else as well. */
const maxLength = 160

/** Everything that may stand in a message that only thanks, longest first; letters and marks removed before. */
const phrases: string[] =
  // English
  (
    'thank you very much|thank you so much|thank you so very much|thanks a lot|thanks a million|thanks a bunch|thanks so much|' +
    'thanks very much|many thanks|thank you kindly|thank you|thanks again|thanks|thanx|thx|ty|tnx|cheers|much appreciated|' +
    'i appreciate it|really appreciate it|we appreciate it|appreciate it|appreciated|very much|for your help|for the help|' +
    'for your support|for your assistance|for your quick reply|for your quick response|for the quick reply|' +
    'for the quick response|for your prompt reply|for your reply|for your answer|for the answer|for the information|' +
    'for the info|for everything|for your time|for letting me know|that helped|it helped|that worked|it worked|it works|' +
    'it works now|works now|all good|all good now|great|perfect|excellent|awesome|wonderful|super|ok|okay|got it|' +
    'have a nice day|have a great day|have a good day|have a good one|have a nice weekend|have a great weekend|' +
    'best regards|kind regards|warm regards|with best regards|regards|best wishes|sincerely|yours sincerely|best|hi|hello|dear|mr|mrs|ms|again|and|team|all|so much|problem solved|' +
    // Russian
    'большое спасибо|огромное спасибо|спасибо большое|спасибо огромное|спасибо вам большое|большое вам спасибо|спасибо вам|' +
    'спасибо за помощь|спасибо за ответ|спасибо за быстрый ответ|спасибо за оперативность|спасибо за информацию|спасибо|' +
    'спасибочки|спс|благодарю вас|благодарю|благодарим вас|благодарим|благодарен|благодарна|очень признательна|очень признателен|' +
    'вам|большое|огромное|за помощь|за ответ|за быстрый ответ|за оперативность|за оперативный ответ|за информацию|за поддержку|' +
    'за содействие|за все|за всё|очень помогли|вы очень помогли|помогло|всё получилось|все получилось|всё работает|все работает|' +
    'всё заработало|все заработало|заработало|вопрос решён|вопрос решен|отлично|супер|прекрасно|замечательно|хорошо|понятно|ясно|' +
    'поняла|понял|принято|хорошего дня|доброго дня|добрый день|добрый вечер|доброе утро|здравствуйте|привет|с уважением|' +
    'всего доброго|всего хорошего|до свидания|ок|окей|ещё раз|еще раз|и|очень|' +
    // Romanian
    'mulțumesc foarte mult|multumesc foarte mult|mulțumesc mult|multumesc mult|vă mulțumesc mult|va multumesc mult|vă mulțumesc|va multumesc|' +
    'vă mulțumim|va multumim|mulțumesc|multumesc|mulțumim|multumim|mulțam|mersi mult|mersi|merci|mii de mulțumiri|cu mulțumiri|' +
    'pentru ajutor|pentru răspuns|pentru raspuns|pentru tot|pentru informații|pentru informatii|foarte mult|mult|perfect|totul e bine|a funcționat|merge acum|' +
    'o zi bună|o zi buna|o zi frumoasă|o zi frumoasa|bună ziua|buna ziua|bună|salut|cu stimă|cu stima|cu respect|toate cele bune|și|si|' +
    // German
    'vielen herzlichen dank|vielen lieben dank|vielen dank|herzlichen dank|besten dank|schönen dank|tausend dank|danke schön|' +
    'dankeschön|danke sehr|danke vielmals|danke ihnen|danke euch|ich danke ihnen|wir danken ihnen|danke|dank|für ihre hilfe|für die hilfe|für deine hilfe|' +
    'für die schnelle antwort|für ihre schnelle antwort|für die antwort|für ihre antwort|für die schnelle hilfe|für die info|für die rückmeldung|für ihre rückmeldung|' +
    'hat geklappt|es hat geklappt|funktioniert|es funktioniert|jetzt funktioniert es|alles klar|alles gut|prima|perfekt|toll|wunderbar|klasse|' +
    'mit freundlichen grüßen|freundliche grüße|viele grüße|liebe grüße|beste grüße|schöne grüße|mfg|vg|lg|guten tag|hallo|frau|herr|sehr geehrte|sehr geehrter|liebe|lieber|' +
    'schönen tag|einen schönen tag|schönen tag noch|schönes wochenende|noch|und|' +
    // French
    'merci beaucoup|merci bien|mille mercis|mille merci|un grand merci|grand merci|merci infiniment|merci à vous|merci à toi|merci encore|merci d avance|' +
    'je vous remercie beaucoup|je vous remercie|nous vous remercions|merci|beaucoup|pour votre aide|pour votre réponse|pour votre réponse rapide|pour votre réactivité|' +
    'pour l aide|pour l info|pour tout|c est parfait|parfait|super|génial|ça marche|ça fonctionne|c est bon|très bien|bonne journée|bonne soirée|bon week end|' +
    'cordialement|bien cordialement|bien à vous|bonjour|bonsoir|madame|monsieur|et|' +
    // Spanish
    'muchas gracias|muchísimas gracias|muchisimas gracias|mil gracias|gracias de nuevo|muy agradecido|muy agradecida|se lo agradezco|te lo agradezco|' +
    'gracias|por su ayuda|por tu ayuda|por la ayuda|por su respuesta|por la respuesta|por la pronta respuesta|por la información|por todo|muy amable|muy amables|perfecto|genial|' +
    'excelente|todo bien|ya funciona|funciona|un saludo|saludos|saludos cordiales|buenos días|buenas tardes|hola|señora|señor|buen día|que tenga buen día|feliz día|y|' +
    // Mongolian
    'маш их баярлалаа|их баярлалаа|баярлалаа танд|танд баярлалаа|та бүхэнд баярлалаа|баярлалаа|баярллаа|гялайлаа|баяртай|' +
    'маш их|танд|их|тусалсанд баярлалаа|тусалсанд|хариу өгсөнд|хурдан хариу өгсөнд|сайн байна уу|сайн байна|за|ойлголоо|болсон|хүндэтгэсэн|амжилт хүсье'
  ).split('|')

/** Japanese has no blanks between words. */
const japanese =
  /(?:誠に|本当に|大変|どうも|いつも|早速の?|迅速な|ご?丁寧な|先日は|この度は|ご?対応|ご?回答|ご?返信|ご?連絡|ご?教示|ご?案内|ご?確認|いただき|頂き|下さり|くださり|して|を|の|に|で|お?手数を?おかけしました|ありがとうございました|ありがとうございます|有難うございました|有難うございます|有り難うございます|ありがとう|感謝いたします|感謝します|感謝しております|助かりました|解決しました|承知しました|承知いたしました|了解しました|了解です|お世話になっております|お世話になります|お世話になりました|今後とも?|よろしくお願い(?:いた)?します|宜しくお願い(?:いた|致)します|失礼(?:いた)?します|です)/gu

const thanking =
  /\b(?:thank|thanks|thanx|thx|ty|tnx|cheers|appreciated?)\b|(?<!\p{L})(?:спасибо|спасибочки|спс|благодар|признател)|m[uú]l[tț][uaă]m|\bmersi\b|\bdank|\bmerci|\bremerci|\bgracias\b|\bagrade[zc]|баярл|гялайлаа|ありがとう|有難う|有り難う|感謝|助かりました/iu
/** Refusals and reservations, whatever else is said. */
const reserved =
  /(?<!\p{L})(?:no|not|nor|none|nothing|never|but|however|still|yet|nein|nicht|kein\p{L}*|aber|doch|non|pas|mais|nada|pero|sin|nu|dar|însă|не|нет|ни|но|однако|ещё не|үгүй|гэхдээ|биш)(?!\p{L})|n['’]t(?!\p{L})|でも|しかし|ません|ない/iu
const longest = [...new Set(phrases)].sort((a, b) => b.length - a.length)
const phrase = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longest.join('|')})(?![\\p{L}\\p{N}])`, 'giu')

/**
 * Whether a mail says thank you and nothing else: history, signature and names cut. Unsure is no: a question
 * mark, a figure, a "but", an unknown word or attachment of meaning make it an ordinary message.
 */
export function isThanks(text: string, { subject = '' }: { subject?: string } = {}): boolean {
  const words = withoutClosing(newWords(text.slice(0, 20_000), { subject }))
  if (
    words.length > maxLength ||
    !thanking.test(words) ||
    reserved.test(words) ||
    /[?？;]|\p{N}|https?:|@/u.test(words)
  )
    return false
  const rest = words
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(phrase, ' ')
    .replace(japanese, '')
  return isNameAtMost(rest, words)
}

/** After "Best regards," or on lines of their own at the end stand names. */
function withoutClosing(words: string): string {
  const lines = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const closing = lines.findIndex((line, at) => at > 0 && line.length < 40 && closings.test(line))
  const after = lines.slice(closing)
  const onlyNames =
    after.length <= 12 && !after.some((line) => /[?？]|^(?:p\.?\s?s|з\.?\s?ы|n\.?\s?b)\b/iu.test(line))
  return (closing > 0 && onlyNames ? lines.slice(0, closing) : lines).join('\n')
}
const closings =
  /^(?:--|(?:with )?(?:best|kind|warm|many)?\s?(?:regards|wishes)|sincerely|yours|с уважением|с наилучшими|всего доброго|mit freundlichen|(?:freundliche|viele|beste|liebe|schöne) gr|mfg|lg\b|vg\b|cordialement|bien cordialement|bien à vous|un saludo|saludos|atentamente|cu stim[ăa]|cu respect|o zi|хүндэтгэсэн|以上)/i

/** What remains may be one name: a word or two that were written with capitals, beside a greeting or at the end. */
function isNameAtMost(rest: string, words: string): boolean {
  const left = rest.split(/\s+/).filter((word) => word !== '')
  if (left.length === 0) return true
  if (left.length > 2 || left.join('').length > 30) return false
  return left.every((word) => isNameIn(word, words))
}

/** Written with a capital, not at the start of a sentence unless its line is a name alone. */
function isNameIn(word: string, words: string): boolean {
  const capital = word[0]!.toUpperCase() + word.slice(1)
  const at = words.indexOf(capital)
  if (at < 0 || capital === word) return false
  const before = words.slice(0, at)
  return (
    /[\p{L},、]\s*$/u.test(before) ||
    (/(?:^|\n)\s*$/.test(before) && /^[^\n]{0,25}(?:\n|,|$)/.test(words.slice(at)))
  )
}
