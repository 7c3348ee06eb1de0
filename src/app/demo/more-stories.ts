// More of the small desk: what stands on the table of whoever looks at it, and one of everything an agent meets.
import { assign, close, comment, mail, priority, reply, type Step, type Story, tag } from './stories.ts'

const draft = (after: number, by: number, text: string, of: 'reply' | 'comment' = 'reply'): Step => ({
  is: 'draft',
  after,
  by,
  text,
  of,
})
const later = (after: number, by: number, text: string, leaves: number): Step => ({
  is: 'later',
  after,
  by,
  text,
  leaves,
})

/** What a mail program leaves below the answer. */
const quoted = (when: string, whom: string, text: string) => ({
  text: `\n\nOn ${when}, ${whom} wrote:\n${text.replace(/^/gm, '> ')}`,
  html: `<br><div class="gmail_quote"><div class="gmail_attr">On ${when}, ${whom} wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">${text.replace(/\n/g, '<br>')}</blockquote></div>`,
})

const asked =
  'Dear Sabine,\n\n62 bedside lamps are a lot of boxes. Which weekdays can your goods entrance take a pallet?\n\nLucía'
const answered = quoted('Tue, 10:14', 'Support', asked)

export const moreStories: Story[] = [
  {
    name: 'Sabine Lindner',
    address: 'sabine.lindner@lindenhof.example',
    team: 'Support',
    subject: 'Lamps for 62 rooms, Hotel Lindenhof',
    ago: 500,
    steps: [
      mail(
        0,
        'Good morning,\n\nwe are renovating and need bedside lamps for 62 rooms and twelve floor lamps for the lobby. Do you give a discount for such a number, and could everything be here by the end of next month?\n\nKind regards\nSabine Lindner\nHotel Lindenhof, Erfurt\n+49 361 555 0142',
      ),
      assign(1, 7),
      tag(1, 'wholesale', 7),
      comment(1.5, 7, 'New hotel customer. Can we hold 62 brass ones until the order is signed?', 6),
      comment(3, 6, '70 in stock. I put 62 aside until Friday.'),
      reply(
        4,
        7,
        'Dear Sabine,\n\nfor this number we take twelve percent off. All 62 brass ones are in stock and set aside for you until Friday. The floor lamps take three weeks.\n\nLucía',
      ),
      mail(
        26,
        'That sounds good. Are the cables black or white? Our electrician would like to have two metres.',
      ),
      reply(28, 7, 'Black, 1.8 metres. We can fit 2.5 metres at no extra cost if you tell us by Thursday.'),
      mail(31, '2.5 metres, please. The order comes tomorrow.'),
      mail(54, 'Here is the signed order as a PDF. Please confirm it.', { attach: 'order' }),
      comment(
        54.5,
        7,
        'The order says 38.50 each, that is the price after the discount. Ștefan, all right?',
        3,
      ),
      comment(56, 3, 'All right. Invoice with thirty days.'),
      reply(
        57,
        7,
        'Dear Sabine,\n\nthe order is confirmed. The invoice follows with the first pallet, thirty days to pay.\n\nLucía',
      ),
      mail(
        150,
        'Could we add three spare shades? One of the children in house will break one sooner or later.',
      ),
      reply(
        152,
        7,
        'Three shades are added, free of charge. Children are exactly what they are for.',
        'on_hold',
      ),
      reply(300, 7, asked),
      mail(318, `Weekdays from 7 to 11, except Wednesday: that is market day.${answered.text}`, {
        html: `<div dir="ltr">Weekdays <b>from 7 to 11</b>, except Wednesday: that is market day.</div>${answered.html}`,
      }),
      reply(320, 7, 'Then Thursday at eight it is. The driver rings half an hour before.'),
      mail(
        478,
        'The first pallet is here and the rooms look lovely. Two boxes were wet, though; the lamps inside work. Shall we send pictures?',
      ),
      assign(479, 7, 8),
      comment(479.2, 7, 'I am away until next week, could you take this one? She is worth every minute.', 8),
    ],
  },
  {
    name: 'Daniel Abiodun',
    address: 'daniel@abiodun.example',
    team: 'Support',
    subject: 'App cannot find the lamp after the update',
    ago: 4.5,
    steps: [
      mail(
        0,
        'Since the update last night the app says "device not found", for both lamps. I have restarted everything, the router too. A picture of the screen is attached.',
        { attach: 'screenshot' },
      ),
      assign(0.4, 8),
      tag(0.4, 'app', 8),
      comment(
        0.8,
        2,
        'Third one today. The update asks for access to the local network and people tap "Don’t allow".',
      ),
      draft(
        1.2,
        8,
        'Hello Daniel,\n\nsince the update the app needs one permission more. On the phone open Settings › Privacy › Local network and switch Lamps on; both come back within a minute.',
      ),
    ],
  },
  {
    name: 'نور الحداد',
    address: 'nour@alhaddad.example',
    team: 'Delivery',
    subject: 'موعد تسليم الطلب A-48702',
    ago: 7,
    steps: [
      mail(
        0,
        'مرحباً،\n\nطلبت مصباحين الأسبوع الماضي (رقم الطلب A-48702) ولم يصلني أي إشعار بعد. متى يصل الطلب؟ أحتاجه قبل يوم الجمعة.\n\nمع الشكر\nنور الحداد',
        {
          html: '<div dir="rtl"><p>مرحباً،</p><p>طلبت مصباحين الأسبوع الماضي (رقم الطلب <b>A-48702</b>) ولم يصلني أي إشعار بعد. متى يصل الطلب؟ أحتاجه قبل يوم الجمعة.</p><p>مع الشكر<br>نور الحداد</p></div>',
        },
      ),
      assign(0.5, 5),
      tag(0.5, 'delivery', 5),
      comment(
        1,
        5,
        'In Arabic: two lamps, ordered last week, wants them before Friday. They left this morning.',
      ),
    ],
  },
  {
    name: 'Клавдия Степановна Рябова',
    address: 'k.ryabova@pochta.example',
    team: 'Support',
    subject: 'Не включается ночник',
    ago: 9,
    steps: [
      mail(
        0,
        'Добрый вечер! Внук подарил ночник, а он не включается. Вилку вставила, кнопку нажимаю, лампочка молчит. Может, я что-то не так делаю?\n\nК. С. Рябова, 78 лет',
      ),
      assign(0.3, 8),
      reply(
        1,
        8,
        'Клавдия Степановна, добрый вечер!\n\nВы всё делаете правильно. На проводе есть ещё один маленький выключатель, его легко не заметить: посмотрите, пожалуйста, сантиметрах в двадцати от вилки.',
      ),
      mail(6, 'Нашла! Горит! Спасибо вам, милый человек. А тёплый свет можно сделать, чтобы глаза не резал?'),
    ],
  },
  {
    name: 'Лидия Сомова',
    address: 'l.somova@zavod.example',
    team: 'Billing',
    subject: 'Договор на второе полугодие',
    ago: 30,
    steps: [
      mail(
        0,
        'Добрый день!\n\nПросим подготовить договор на второе полугодие на прежних условиях. Подписывать будем электронно.\n\nЛидия Сомова, ООО «Завод»',
      ),
      assign(2, 4),
      later(
        6,
        4,
        'Лидия, добрый день!\n\nДоговор готов и ждёт подписи юриста. Пришлю его сегодня до обеда, подписать можно будет в один клик.\n\nМария',
        16,
      ),
    ],
  },
  {
    name: 'Hanna Virtanen',
    address: 'hanna@virtanen.example',
    team: 'Support',
    subject: 'Exchange for the larger shade',
    ago: 28,
    steps: [
      mail(
        0,
        'The shade is too small for our table. Can I swap it for the larger one and pay the difference?',
      ),
      assign(1, 8),
      tag(1, 'exchange', 8),
      later(
        20,
        8,
        'Hello Hanna,\n\nof course. The larger shade leaves us tomorrow morning; the difference is 14.00. Put the small one into the same box for the courier.',
        18,
      ),
      mail(
        24,
        'Please wait: my husband would rather have two small ones. Can you change it to that instead?',
      ),
    ],
  },
  {
    name: 'Bruno Tavares',
    address: 'bruno.tavares@correio.example',
    team: 'Support',
    subject: 'Warranty card lost',
    ago: 22,
    steps: [
      mail(0, 'We moved and the warranty card is gone. The lamp is from last May and starts to flicker.'),
      assign(1, 2),
      {
        is: 'out',
        after: 2,
        by: 2,
        text: 'Hello Bruno,\n\nyou need no card: your order is enough, and it is covered until next May. Tell me when a courier may pick the lamp up.\n\nAdaeze',
        refused: '5.1.1 <bruno.tavares@correio.example>: Recipient address rejected: User unknown',
      },
      tag(2.5, 'warranty', 2),
      comment(
        3,
        2,
        'Came back: no such address. His order has a phone number, I will ring in the afternoon.',
      ),
    ],
  },
  {
    name: 'Gregor Hauser',
    address: 'gregor@hauser.example',
    team: 'Delivery',
    subject: 'Lift is broken until Friday',
    ago: 3.2,
    steps: [
      {
        is: 'call',
        after: 0,
        by: 8,
        phone: '+49 30 5550181',
        seconds: 214,
        text: 'He rang: the lift in his house is broken until Friday, fifth floor, and he has a bad back. Asks whether two people can carry the wardrobe light up, or whether we deliver on Saturday.\n\nI said we ring back today.',
      },
      tag(0.1, 'delivery', 8),
      priority(0.1, 'high', 8),
    ],
  },
  {
    name: 'Ольга Титова',
    address: 'olga@titova.example',
    team: 'Support',
    subject: 'Консультация по яркости',
    ago: 51,
    steps: [
      {
        is: 'call',
        after: 0,
        by: 1,
        phone: '+7 912 555-01-77',
        seconds: 388,
        text: 'Звонила: детская 14 м², спрашивала, хватит ли двух бра или нужен верхний свет. Посоветовал бра и одну люстру на 2700 K. Просила прислать ссылки.',
      },
      reply(
        0.3,
        1,
        'Ольга, спасибо за звонок!\n\nБра «Осло» и люстра «Берген», обе 2700 K. Если останется темновато, люстру можно вернуть в течение месяца.\n\nТимур',
      ),
      mail(26, 'Спасибо, всё подошло!'),
      close(27, 1),
    ],
  },
  {
    name: 'Isabel Duarte',
    address: 'isabel.duarte@casaclara.example',
    team: 'Support',
    inbox: 'wholesale@example.com',
    subject: 'Prices for a shop in Porto',
    ago: 75,
    steps: [
      mail(
        0,
        'Hello, I run a small lighting shop in Porto and would like to have your outdoor series in the window from spring on. What is the smallest order?\n\nIsabel Duarte, Casa Clara',
        {
          html: '<p>Hello,</p><p>I run a small lighting shop in Porto and would like to have your <i>outdoor series</i> in the window from spring on, just like this one:</p><p><img src="cid:shade@demo" alt="a lamp with an orange shade" width="320"></p><p>What is the smallest order?</p><table style="border-top:1px solid #c9a36a;margin-top:16px"><tr><td style="padding:8px 12px 0 0"><img src="https://casaclara.example/logo.png" alt="Casa Clara" width="64" height="64"></td><td style="font:13px Georgia,serif;color:#6b4a1f"><b>Isabel Duarte</b><br>Casa Clara, Rua das Flores 88, Porto<br><a href="https://casaclara.example">casaclara.example</a></td></tr></table>',
          attach: 'inside',
        },
      ),
      {
        is: 'out',
        after: 0.05,
        by: 0,
        automatic: true,
        text: 'Thank you for writing to our wholesale desk. A person reads every mail; you hear from us within one working day.',
        then: 'open',
      },
      assign(18, 7),
      tag(18, 'wholesale', 7),
      reply(
        19,
        7,
        'Dear Isabel,\n\nwhat a window that would be. Ten pieces are enough, mixed as you like; prices are attached to your account. Shall I send you two samples?\n\nLucía',
      ),
      mail(
        48,
        'Yes please, one black and one sand. Send them to the shop, somebody is always there from ten on.',
      ),
      assign(49, 7, 8),
    ],
  },
  {
    name: 'J. Groß',
    address: 'jgross@heim.example',
    team: 'Support',
    subject: 'My other mail of yesterday',
    ago: 6,
    steps: [
      mail(
        0,
        'This is Jürgen Groß from home; I wrote from the workshop yesterday about the humming transformer. Please answer here, I am off until Monday.',
      ),
    ],
  },
  {
    name: 'Mei Ling Tan',
    address: 'mei.ling@tan.example',
    team: 'Billing',
    subject: 'Charged twice for order A-48644',
    ago: 2.4,
    steps: [
      mail(0, 'My bank shows 89.00 two times for order A-48644. Could you look into it today, please?'),
      priority(0.2, 'high', 3),
      assign(0.2, 3),
      draft(
        0.9,
        3,
        'Dear Mei Ling,\n\nI see both payments. The second one was only reserved, never taken; your bank lets it go on',
      ),
    ],
  },
  {
    name: 'Ruth Adler',
    address: 'ruth@adler.example',
    team: 'Support',
    subject: 'Thank you',
    ago: 27,
    steps: [
      mail(
        0,
        'No question today. The lamp you repaired for my mother stands beside her bed again, and she reads until midnight as she used to. Please tell whoever mended it.',
      ),
      assign(1, 8),
      comment(1.1, 8, 'Read this one aloud at lunch.', 0),
      { is: 'snooze', after: 1.5, by: 8, until: 20 },
    ],
  },
  {
    name: 'Marek Dvořák',
    address: 'marek@dvorak.example',
    team: 'Support',
    subject: 'Smell of burning from the dimmer',
    ago: 1.6,
    steps: [
      mail(
        0,
        'The dimmer of the floor lamp gets hot and smells of burning after ten minutes. I have pulled the plug. What shall I do? We have small children here.',
      ),
      priority(0.1, 'urgent', 2),
      tag(0.1, 'safety', 2),
      comment(0.3, 2, 'Nobody has this one yet. Please answer before anything else.', 8),
    ],
  },
  {
    name: 'Eszter Balogh',
    address: 'eszter@balogh.example',
    team: 'Billing',
    subject: 'Charged twice in March',
    ago: 9,
    steps: [
      mail(
        0,
        'Hello,\n\nmy card was charged twice for order A-48190, on the 3rd and on the 4th. Please send one back.\n\nEszter Balogh',
      ),
      assign(0.5, 8),
      {
        is: 'ask',
        after: 1,
        by: 8,
        of: { address: 'accounting@accounts.example', name: 'Accounting' },
        text: '@accounting@accounts.example was A-48190 really paid twice? Then I send one back today.',
      },
      {
        is: 'told',
        after: 4,
        by: 8,
        text: 'Twice, indeed: 84.00 on the 3rd and on the 4th. Both have arrived here.',
      },
    ],
  },
  {
    name: 'Hamza Demir',
    address: 'hamza@demir.example',
    team: 'Delivery',
    subject: 'Glass shade broken on arrival',
    ago: 7,
    steps: [
      mail(
        0,
        'The box looked fine, the glass shade inside is in pieces. I need a new one before Friday.\n\nHamza Demir',
      ),
      assign(0.3, 8),
      {
        is: 'ask',
        after: 1,
        by: 8,
        of: { address: 'claims@courier.example', name: 'Courier, claims' },
        text: '@claims@courier.example parcel 3371 arrived with broken glass. Do you pay for it, or was it badly packed?',
      },
      { is: 'away', after: 1.1, by: 8, until: 3 },
      mail(5, 'Any news? Friday is the day after tomorrow.'),
    ],
  },
  {
    name: 'Oyunaa Bat-Erdene',
    address: 'oyunaa@baterdene.example',
    team: 'Support',
    subject: 'Which bulb for the attic lamp',
    ago: 6,
    steps: [
      mail(
        0,
        'The attic lamp came without a bulb. Which one does it take, and how bright may it be?\n\nOyunaa',
      ),
      assign(0.2, 8),
      {
        is: 'ask',
        after: 0.5,
        by: 8,
        of: { team: 'Delivery' },
        text: '@Delivery do we have the E14 bulbs in stock?',
      },
      { is: 'unask', after: 0.8, by: 8 },
      reply(
        1,
        8,
        'Dear Oyunaa,\n\nit takes an E14 bulb of at most 8 watts. I put one into the post for you today.',
      ),
    ],
  },
  {
    name: 'Newsletter Team',
    address: 'news@lightingfair.example',
    team: 'Support',
    subject: 'Lighting Fair 2026: your free ticket',
    ago: 40,
    steps: [
      mail(0, 'Your free ticket for the Lighting Fair is waiting. Hall 4, four days, 600 exhibitors.', {
        html: '<table width="600" align="center" style="background:#101820;color:#fff;font-family:Arial"><tr><td style="padding:24px"><img src="https://lightingfair.example/banner.jpg" width="552" height="160" alt="Lighting Fair"><h1 style="font-size:28px">Your free ticket is waiting</h1><p>Hall 4, four days, 600 exhibitors.</p><p><a href="https://lightingfair.example/ticket" style="background:#ffb000;color:#101820;padding:12px 20px;text-decoration:none">Get the ticket</a></p></td></tr></table>',
      }),
      { is: 'trash', after: 4, by: 0 },
    ],
  },
]
