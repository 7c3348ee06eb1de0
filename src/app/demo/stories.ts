// The small desk, told: who wrote what, who answered, where it stands. Times count from the first words, in hours.
import type { TeamName } from './cast.ts'
import type { Attached } from './files.ts'

/** An address and a name, a team, or an agent by number. */
export type Asked = { address: string; name: string } | { team: TeamName } | { agent: number }

export type Step =
  | {
      is: 'in'
      after: number
      text: string
      html?: string
      attach?: Attached
      cc?: string
      subject?: string
      automatic?: true
    }
  | {
      is: 'out'
      after: number
      by: number
      text: string
      then?: 'pending' | 'open' | 'solved' | 'on_hold'
      /** what the customer's server said when it refused the mail */
      refused?: string
      /** the machine that says that the mail has come */
      automatic?: true
    }
  /** a reply that leaves `leaves` hours from now unless the customer writes first */
  | { is: 'later'; after: number; by: number; text: string; leaves: number }
  | { is: 'draft'; after: number; by: number; text: string; of: 'reply' | 'comment' }
  /** he rang; this begins a conversation */
  | { is: 'call'; after: number; by: number; phone: string; seconds: number; text: string }
  | { is: 'comment'; after: number; by: number; text: string; mention?: number }
  /** somebody inside, or a partner, is asked by mail */
  | { is: 'ask'; after: number; by: number; of: Asked; text: string }
  /** and answers, or is away, or need not any more */
  | { is: 'told'; after: number; by: number; text: string }
  | { is: 'away'; after: number; by: number; until: number }
  | { is: 'unask'; after: number; by: number }
  | { is: 'assign'; after: number; by: number; to: number }
  | { is: 'tag'; after: number; by: number; name: string }
  | { is: 'priority'; after: number; by: number; to: 'low' | 'high' | 'urgent' }
  | { is: 'close' | 'spam' | 'trash'; after: number; by: number }
  | { is: 'snooze'; after: number; by: number; until: number }
export interface Story {
  name: string
  address: string
  team: TeamName
  subject: string
  /** hours ago it began */
  ago: number
  /** the inbox he wrote to, where it is not the team's own */
  inbox?: string
  /** a form on the site sent it, the customer stands in Reply-To */
  form?: true
  steps: Step[]
}

export const mail = (after: number, text: string, more: Partial<Extract<Step, { is: 'in' }>> = {}): Step => ({
  is: 'in',
  after,
  text,
  ...more,
})
export const reply = (
  after: number,
  by: number,
  text: string,
  then: Extract<Step, { is: 'out' }>['then'] = 'pending',
): Step => ({ is: 'out', after, by, text, then })
export const comment = (after: number, by: number, text: string, mention?: number): Step =>
  mention === undefined ? { is: 'comment', after, by, text } : { is: 'comment', after, by, text, mention }
export const assign = (after: number, by: number, to = by): Step => ({ is: 'assign', after, by, to })
export const tag = (after: number, name: string, by = 0): Step => ({ is: 'tag', after, by, name })
export const priority = (after: number, to: 'low' | 'high' | 'urgent', by = 0): Step => ({
  is: 'priority',
  after,
  by,
  to,
})
export const close = (after: number, by: number): Step => ({ is: 'close', after, by })

/** Agents by number: 0 Ingrid, 1 Тимур, 2 Adaeze, 3 Ștefan, 4 Мария, 5 佐藤, 6 Энхтуяа, 7 Lucía, 8 whoever looks. */
export const longStories: Story[] = [
  {
    name: 'Marta Kowalska',
    address: 'marta@kowalska.example',
    team: 'Delivery',
    subject: 'Parcel marked delivered, nothing here',
    ago: 30,
    steps: [
      mail(
        0,
        'Hello,\n\ntracking says my parcel was handed over yesterday at 14:10, but nobody rang and there is nothing at the neighbours either. Order A-48213.\n\nMarta Kowalska',
      ),
      assign(0.4, 5),
      tag(0.5, 'delivery', 5),
      comment(1, 5, 'The courier’s photo shows a blue door. Ours says "brown house". Asking them.', 6),
      reply(
        2,
        5,
        'Dear Marta,\n\nthe courier’s photo shows a blue door. Is that yours? I have asked them to go back and look; you hear from me by noon tomorrow whatever they say.\n\nKen',
      ),
      mail(5, 'No, our door is brown. The blue one is number 17, they are on holiday until Sunday.'),
      comment(20, 6, 'Courier confirms: left at no. 17. They will try to get it back today.'),
      mail(29, 'Any news? The lamp is a present for tomorrow.', {}),
      priority(29.1, 'urgent', 5),
    ],
  },
  {
    name: 'Павел Гордеев',
    address: 'p.gordeev@zavod.example',
    team: 'Billing',
    subject: 'Счёт 2041 оплачен дважды',
    ago: 50,
    steps: [
      mail(
        0,
        'Здравствуйте!\n\nБухгалтерия по ошибке оплатила счёт 2041 два раза: 12 и 14 числа, по 18 400 ₽. Как вернуть второй платёж? Платёжки во вложении.\n\nПавел Гордеев, ООО «Завод»\n+7 (912) 345-67-89',
        { attach: 'invoice' },
      ),
      assign(1, 4),
      tag(1, 'возврат', 4),
      reply(
        2,
        4,
        'Павел, добрый день!\n\nОба платежа вижу. Вернём второй на тот же счёт в течение трёх рабочих дней; письмо от вас с реквизитами не нужно.\n\nМария',
        'on_hold',
      ),
      comment(3, 4, 'Заявка на возврат ушла в бухгалтерию, ждём подтверждения до четверга.', 3),
    ],
  },
  {
    name: 'Emily Chen',
    address: 'emily.chen@studio.example',
    team: 'Support',
    subject: 'Feature idea: dark shades for the kitchen series',
    ago: 400,
    steps: [
      mail(
        0,
        'Hi! We fit out restaurants and love the kitchen series. Would you ever make dark shades? I would order forty at once.',
        { cc: 'Tom Baker <tom@studio.example>' },
      ),
      assign(2, 0),
      tag(2, 'feature'),
      reply(
        3,
        0,
        'Hi Emily,\n\nwhat a good idea. I passed it to our designer and tell you what she says, at the latest on Friday.\n\nIngrid',
      ),
      comment(30, 7, 'Designer likes it: powder-coated, from autumn. She asks how warm the light should be.'),
      reply(
        31,
        0,
        'Hi Emily,\n\nwe would make them from autumn on. How warm should the light be: 2700 or 3000 K?',
      ),
      mail(52, '2700 K please. Put us on the list!'),
      reply(53, 0, 'You are on it. We write as soon as there is a date.', 'solved'),
      mail(55, 'Thank you!'),
    ],
  },
  {
    name: '田中 さくら',
    address: 'sakura@tanaka.example',
    team: 'Support',
    subject: '注文した椅子の色について',
    ago: 26,
    steps: [
      mail(
        0,
        'お世話になっております。\n\n先週、椅子を注文しましたが、届いた色が写真と違います。注文番号は A-48377 です。交換は可能でしょうか。\n\n田中さくら',
        { attach: 'photo' },
      ),
      assign(1, 5, 5),
      reply(
        3,
        5,
        '田中様\n\nご不便をおかけして申し訳ございません。写真を確認いたしました。交換品を明日発送いたします。お手元の椅子は配送員がお引き取りします。\n\n佐藤',
      ),
      mail(12, 'ありがとうございました。', {}),
    ],
  },
  {
    name: 'Ganbold Dorj',
    address: 'ganbold@dorj.example',
    team: 'Delivery',
    subject: 'Улаанбаатар руу хүргэлт хэдэн хоног вэ?',
    ago: 8,
    steps: [
      mail(
        0,
        'Сайн байна уу?\n\nУлаанбаатар руу хоёр гэрэл захиалмаар байна. Хүргэлт хэдэн хоног болох вэ, үнэ нь хэд вэ?\n\nГанболд, 9911 2233',
      ),
      assign(0.6, 6),
    ],
  },
  {
    name: 'Ioana Marinescu',
    address: 'ioana@marinescu.example',
    team: 'Billing',
    subject: 'Factura cu date greșite',
    ago: 70,
    steps: [
      mail(
        0,
        'Bună ziua,\n\nfactura 2077 are codul fiscal greșit: trebuie RO1234567. O puteți corecta, vă rog?\n\nIoana Marinescu',
      ),
      assign(1, 3),
      reply(
        2,
        3,
        'Bună ziua, Ioana,\n\nam corectat codul fiscal; găsiți noua factură în contul dumneavoastră.\n\nȘtefan',
        'solved',
      ),
      mail(4, 'Mulțumesc frumos!'),
    ],
  },
  {
    name: 'Jürgen Groß',
    address: 'juergen.gross@werkstatt.example',
    team: 'Support',
    subject: 'Defective transformer, second time',
    ago: 20,
    steps: [
      mail(
        0,
        'The replacement transformer you sent hums just like the first one. This is the second time I take a day off for the courier. I want my money back.',
        {
          html: '<p>The replacement transformer you sent <b>hums just like the first one</b>.</p><ul><li>serial 77-1302-B</li><li>serial 77-1417-B</li></ul><p>This is the second time I take a day off for the courier. <span style="color:#c00">I want my money back.</span></p>',
        },
      ),
      priority(0.2, 'high', 2),
      assign(0.3, 2),
      tag(0.3, 'refund', 2),
      tag(0.3, 'warranty', 2),
      comment(0.5, 2, 'Both serials are from the batch of March. Ștefan, may I refund 129.00 at once?', 3),
      comment(1, 3, 'Yes. And send no third one, the batch is being checked.'),
    ],
  },
  {
    name: 'Website form',
    address: 'forms@site.example',
    team: 'Support',
    subject: 'Form: Where is the nearest shop?',
    ago: 5,
    form: true,
    steps: [
      mail(
        0,
        'Name: Aïcha Benali\nE-mail: aicha@benali.example\nPhone: +33 6 12 34 56 78\n\nMessage:\nIs there a shop in Lyon where I can see the floor lamps before I buy one?',
      ),
    ],
  },
  {
    name: 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz GmbH',
    address: 'info@lange-namen.example',
    team: 'Support',
    subject:
      'Donaudampfschifffahrtsgesellschaftskapitänskajütenbeleuchtungserneuerung: offer for 212 cabin lamps',
    ago: 44,
    steps: [
      mail(
        0,
        'Please send an offer for 212 cabin lamps, delivery in three parts.\n\nReference: https://lange-namen.example/anfragen/2026/kabinenbeleuchtung/rev-7/positionen?lang=de&view=full&token=0123456789abcdef0123456789abcdef',
      ),
      assign(3, 7),
      { is: 'snooze', after: 4, by: 7, until: 30 },
    ],
  },
  {
    name: 'Алёна Фёдорова',
    address: 'alena.fedorova@pochta.example',
    team: 'Support',
    subject: 'Новая фича в приложении',
    ago: 90,
    steps: [
      mail(
        0,
        'Добрый день! Очень не хватает такой фичи: чтобы свет плавно гас за десять минут. Ещё бы расписание на выходные.',
      ),
      assign(1, 1),
      tag(1, 'feature', 1),
      reply(
        5,
        1,
        'Алёна, здравствуйте!\n\nПлавное затухание уже проверяем, выйдет в следующем обновлении. Расписание на выходные записал как отдельное пожелание.\n\nТимур',
      ),
      mail(30, 'Отлично, жду! А можно попробовать новую фичу раньше всех?'),
    ],
  },
  {
    name: 'Oleksandr Bondar',
    address: 'o.bondar@post.example',
    team: 'Delivery',
    subject: 'Change of address before shipping',
    ago: 3,
    steps: [
      mail(0, 'Please send order A-48590 to Hauptstraße 12 instead of 21. I mistyped it.'),
      mail(1.5, 'It still says 21 in the tracking. Please hurry, it leaves tonight.'),
    ],
  },
  {
    name: 'Noah Williams',
    address: 'noah@williams.example',
    team: 'Support',
    subject: 'Bulb flickers only when the fridge runs',
    ago: 240,
    steps: [
      mail(0, 'The green lamp flickers, but only while the fridge runs. Is that dangerous?'),
      assign(4, 2),
      reply(
        5,
        2,
        'Not dangerous: the dimmer notices the fridge’s motor. A free filter is on its way to you.',
      ),
      mail(80, 'The filter works. Great service, thank you so much!'),
      close(81, 2),
    ],
  },
  {
    name: 'Cheap Leads',
    address: 'sales@leads.example',
    team: 'Support',
    subject: 'Grow your revenue 10x with verified leads',
    ago: 60,
    steps: [
      mail(0, 'Dear owner, we have 40 million verified contacts waiting for you. Reply YES.'),
      { is: 'spam', after: 1, by: 0 },
    ],
  },
  {
    name: 'Lucky Draw',
    address: 'winner@draw.example',
    team: 'Support',
    subject: 'You won',
    ago: 200,
    steps: [mail(0, 'Congratulations, your address was drawn.'), { is: 'spam', after: 2, by: 1 }],
  },
  {
    name: 'Test Test',
    address: 'test@test.example',
    team: 'Support',
    subject: 'test',
    ago: 500,
    steps: [mail(0, 'test'), { is: 'trash', after: 1, by: 7 }],
  },
  {
    name: 'Priya Raman',
    address: 'priya@raman.example',
    team: 'Billing',
    subject: 'VAT number on past invoices',
    ago: 120,
    steps: [
      mail(
        0,
        'Could you add our VAT number to the invoices of the last quarter? DE811907980. There are six of them.',
      ),
      assign(2, 3),
      reply(4, 3, 'Gladly. Please check the first one; if it is right I do the other five.'),
    ],
  },
  {
    name: 'Siobhán O’Brien',
    address: 'siobhan@obrien.example',
    team: 'Support',
    subject: 'Out of office: Re: your order',
    ago: 48,
    steps: [mail(0, 'I am away until Monday and will answer then.', { automatic: true })],
  },
  {
    name: 'Юлия Захарова',
    address: 'yulia@zakharova.example',
    team: 'Delivery',
    subject: 'Курьер не позвонил',
    ago: 6,
    steps: [
      mail(
        0,
        'Курьер должен был приехать с 10 до 14, никто не позвонил. Заказ А-48611. Я отпросилась с работы.',
      ),
      assign(0.5, 6),
      priority(0.5, 'high', 6),
      tag(0.6, 'доставка', 6),
      comment(0.8, 6, 'Служба доставки говорит, что курьер застрял. Обещают до 18:00.'),
      reply(
        1,
        6,
        'Юлия, приношу извинения: машина встала в пробке. Курьер позвонит за полчаса и будет до 18:00. Если вам так неудобно, ответьте, и мы назначим другой день.\n\nЭнхтуяа',
      ),
      mail(2, 'Хорошо, до 18 подожду.'),
    ],
  },
  {
    name: 'Kwame Mensah',
    address: 'kwame@mensah.example',
    team: 'Support',
    subject: 'Wholesale prices',
    ago: 700,
    steps: [
      mail(0, 'We run four hotels and would like your wholesale price list.'),
      assign(5, 7),
      reply(6, 7, 'Attached to your account now; the discount starts at twenty pieces.\n\nLucía'),
      close(200, 7),
    ],
  },
  {
    name: 'Zoë Bakker',
    address: 'zoe@bakker.example',
    team: 'Support',
    subject: 'Broken glass in the box',
    ago: 14,
    steps: [
      mail(
        0,
        'The shade arrived in pieces, careful when you open the photo, it is a sad sight. Order A-48555.',
        { attach: 'photo' },
      ),
      tag(0.3, 'warranty', 1),
      assign(0.3, 1),
    ],
  },
]
