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
    // Italian
    'grazie mille|mille grazie|grazie tante|tante grazie|grazie infinite|molte grazie|grazie ancora|grazie di cuore|grazie di tutto|la ringrazio|vi ringrazio|ti ringrazio|ringrazio|' +
    'grazie|molto|per l aiuto|per il suo aiuto|per il tuo aiuto|per il supporto|per la risposta|per la rapida risposta|per la disponibilità|per tutto|gentilissimi|gentilissima|gentilissimo|' +
    'perfetto|ottimo|funziona|ora funziona|tutto ok|va bene|buongiorno|buonasera|buona giornata|buona serata|cordiali saluti|distinti saluti|saluti|ciao|gentile|signora|signor|e|' +
    // Portuguese
    'muito obrigado|muito obrigada|muitíssimo obrigado|muitíssimo obrigada|obrigado mais uma vez|obrigada mais uma vez|obrigado|obrigada|obrigadão|agradeço|agradecemos|' +
    'pela ajuda|pela sua ajuda|pela resposta|pela resposta rápida|pela rápida resposta|pela atenção|pelo apoio|pelo retorno|por tudo|perfeito|ótimo|excelente|deu certo|já funciona|funcionou|tudo certo|' +
    'bom dia|boa tarde|boa noite|bom fim de semana|atenciosamente|cumprimentos|abraços|abraço|olá|senhor|senhora|muito|' +
    // Dutch
    'hartelijk dank|hartelijk bedankt|heel erg bedankt|heel hartelijk dank|erg bedankt|alvast bedankt|dank u wel|dank je wel|dankjewel|dankuwel|dank u|dank je|bedankt|veel dank|dank|' +
    'voor de hulp|voor uw hulp|voor je hulp|voor het antwoord|voor uw antwoord|voor de snelle reactie|voor uw snelle reactie|voor je reactie|voor de informatie|voor alles|helemaal goed|prima|perfect|geweldig|top|' +
    'het werkt|het werkt nu|opgelost|goedemorgen|goedemiddag|goedenavond|fijne dag|fijn weekend|met vriendelijke groet|met vriendelijke groeten|vriendelijke groeten|groeten|groet|beste|geachte|mevrouw|meneer|en|heel|erg|' +
    // Polish
    'dziękuję bardzo|bardzo dziękuję|dziękuję serdecznie|serdecznie dziękuję|dziekuje bardzo|bardzo dziekuje|dziękujemy|dziękuję|dziekuje|dzięki wielkie|wielkie dzięki|dzięki|dzieki|' +
    'za pomoc|za odpowiedź|za odpowiedz|za szybką odpowiedź|za informację|za informacje|za wszystko|świetnie|super|doskonale|wszystko działa|działa|już działa|dzień dobry|dzien dobry|dobry wieczór|cześć|' +
    'miłego dnia|pozdrawiam|pozdrawiam serdecznie|z poważaniem|pani|panie|i|bardzo|' +
    // Ukrainian
    'дуже дякую|щиро дякую|красно дякую|велике дякую|дякую вам|дякую дуже|дякую|дякуємо|дуже вдячний|дуже вдячна|вдячний|вдячна|велике спасибі|спасибі|вам|дуже|' +
    'за допомогу|за відповідь|за швидку відповідь|за інформацію|за підтримку|за все|все працює|працює|все вийшло|вийшло|чудово|добре|зрозуміло|добрий день|доброго дня|добрий вечір|вітаю|гарного дня|з повагою|і|та|' +
    // Mongolian again: single words, after the phrases that hold them
    'маш их|танд|их|тусалсанд баярлалаа|тусалсанд|хариу өгсөнд|хурдан хариу өгсөнд|сайн байна уу|сайн байна|за|ойлголоо|болсон|хүндэтгэсэн|амжилт хүсье'
  ).split('|')

/** Japanese has no blanks between words. */
const japanese =
  /(?:誠に|本当に|大変|どうも|いつも|早速の?|迅速な|ご?丁寧な|先日は|この度は|ご?対応|ご?回答|ご?返信|ご?連絡|ご?教示|ご?案内|ご?確認|いただき|頂き|下さり|くださり|して|を|の|に|で|お?手数を?おかけしました|ありがとうございました|ありがとうございます|有難うございました|有難うございます|有り難うございます|ありがとう|感謝いたします|感謝します|感謝しております|助かりました|解決しました|承知しました|承知いたしました|了解しました|了解です|お世話になっております|お世話になります|お世話になりました|今後とも?|よろしくお願い(?:いた)?します|宜しくお願い(?:いた|致)します|失礼(?:いた)?します|です)/gu

/** Nor have Chinese and, between a word and its ending, Korean. */
const chinese =
  /(?:非常|十分|太|多|好的|好|嗯|收到|明白了|知道了|可以了|解决了|您好|你好|感谢|感謝|谢谢|謝謝|多谢|多謝|谢|謝|您|你|你们|們|们|大家|的|了|啦|帮助|幫助|帮忙|幫忙|协助|協助|回复|回覆|答复|支持|快速|及时|及時|耐心|祝好|祝您愉快)/gu
const korean =
  /(?:정말|너무|대단히|매우|빠른|신속한|친절한|답변|회신|도움|도와주셔서|알려주셔서|확인해주셔서|처리해주셔서|주셔서|감사합니다|감사드립니다|감사해요|감사|고맙습니다|고마워요|고마워|안녕하세요|수고하세요|해결되었습니다|해결됐습니다|잘|됩니다|확인했습니다|알겠습니다|네|예|드립니다|에)/gu

const thanking =
  /\b(?:thank|thanks|thanx|thx|ty|tnx|cheers|appreciated?)\b|(?<!\p{L})(?:спасибо|спасибочки|спс|благодар|признател)|m[uú]l[tț][uaă]m|\bmersi\b|\bdank|\bmerci|\bremerci|\bgracias\b|\bagrade[zc]|баярл|гялайлаа|\bgrazie\b|ringrazi|obrigad|agradeç|agradecemos|\bbedankt|\bdzi[eę]k|дяку|вдячн|спасибі|ありがとう|有難う|有り難う|感謝|助かりました|谢谢|謝謝|感谢|多谢|多謝|감사|고맙|고마워/iu
/** Refusals and reservations, whatever else is said. */
const reserved =
  /(?<!\p{L})(?:no|not|nor|none|nothing|never|but|however|still|yet|nein|nicht|kein\p{L}*|aber|doch|non|pas|mais|nada|pero|sin|nu|dar|însă|не|нет|ни|но|однако|ещё не|ma|però|tuttavia|não|mas|porém|nee|niet|geen|maar|nie|ale|jednak|ні|але|однак|проте|үгүй|гэхдээ|биш)(?!\p{L})|n['’]t(?!\p{L})|でも|しかし|ません|ない|不|没|沒|但|别|還|还|아니|않|안 |못|다만|니다만|그러나|하지만/iu
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
    .replace(chinese, '')
    .replace(korean, '')
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
  /^(?:--|(?:with )?(?:best|kind|warm|many)?\s?(?:regards|wishes)|sincerely|yours|с уважением|с наилучшими|всего доброго|mit freundlichen|(?:freundliche|viele|beste|liebe|schöne) gr|mfg|lg\b|vg\b|cordialement|bien cordialement|bien à vous|un saludo|saludos|atentamente|cu stim[ăa]|cu respect|o zi|(?:cordiali |distinti )?saluti|met vriendelijke|groet|pozdrawiam|z poważaniem|atenciosamente|cumprimentos|з повагою|хүндэтгэсэн|以上)/i

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
