import { fuzzy } from './fuzzy.ts'
import type { Offer } from './offers.ts'

/** The few that stand in letters to customers and colleagues, with their names in both languages. */
const known =
  `😀 grin радость|😊 smile улыбка|🙂 slight smile лёгкая улыбка|😉 wink подмигивание|😂 joy laugh смех слёзы|😍 heart eyes влюблённый|🤗 hug обнимаю|🤔 thinking думаю|😐 neutral без эмоций|😕 confused озадачен|🙁 frown грусть|😢 cry слёзы плачу|😅 sweat пот неловко|😎 cool круто|😬 grimace неловко|🙄 eye roll глаза|😴 sleep сон|🤒 sick болею|🥳 party праздник|😇 angel ангел|🤝 handshake рукопожатие договорились|👍 thumbs up yes да хорошо|👎 thumbs down no плохо|👌 ok хорошо|👏 clap браво аплодисменты|🙏 thanks please pray спасибо пожалуйста|👋 wave hello привет|✌️ peace мир|💪 strong сила|🤞 fingers crossed удача|👀 eyes look смотрю|❤️ heart сердце|💙 blue heart синее сердце|💔 broken heart разбитое сердце|🎉 tada celebrate ура|🎁 gift present подарок|🎂 cake birthday торт день рождения|🎄 christmas tree ёлка|🌹 rose роза|🌷 tulip тюльпан|☀️ sun солнце|🌧️ rain дождь|❄️ snow снег|🔥 fire огонь|⭐ star звезда|✨ sparkles блеск|💡 idea lamp идея|✅ check done готово|☑️ box checked отмечено|✔️ tick галочка|❌ cross no нет|⚠️ warning осторожно|❗ exclamation важно|❓ question вопрос|ℹ️ info информация|🚀 rocket ракета|🐛 bug ошибка баг|🔧 wrench repair ремонт|🛠️ tools инструменты|🔑 key ключ|🔒 lock замок|🔔 bell звонок|📌 pin кнопка|📎 clip скрепка|📅 calendar календарь|⏰ alarm будильник|⏳ hourglass wait ждать|📞 phone call телефон звонок|📱 mobile телефон|💻 laptop ноутбук|🖨️ printer принтер|📧 mail почта письмо|📨 incoming mail входящее|📦 package parcel посылка|🚚 truck delivery доставка|✈️ plane самолёт|🚗 car машина|🏠 home дом|🏢 office офис|💳 card карта оплата|💰 money деньги|🧾 receipt чек|📄 page document документ|📊 chart график|📈 growth рост|📉 fall падение|🔍 search поиск|➡️ right вправо|⬅️ left влево|⬆️ up вверх|⬇️ down вниз|🔄 repeat again обновить|➕ plus плюс|➖ minus минус|💯 hundred сто|🆗 ok button|🆕 new новое|☕ coffee кофе|🍕 pizza пицца|🍀 luck удача клевер|🐱 cat кот|🐶 dog собака|🌍 world earth мир земля|🇺🇦 ukraine украина|🇬🇧 britain англия`
    .split('|')
    .map((line) => {
      const [sign = '', ...names] = line.split(' ')
      return { sign, names }
    })

/** After a colon and two letters. */
export const emojiOffers = (typed: string): Offer[] =>
  fuzzy(known, typed.replaceAll('_', ' '), ({ names }) => names.slice(0, 1).concat(names))
    .slice(0, 8)
    .map(({ sign, names }) => ({
      id: sign,
      label: names.join(' '),
      lead: sign,
      insert: { text: sign, html: null },
    }))
