import type { Page } from 'playwright-core'

/** What a machine can see that is wrong with a screen, one line each; the rest is for the eye. */
export function measure(
  page: Page,
  { width, language }: { width: number; language: string },
): Promise<string[]> {
  return page.evaluate(
    ({ width, language }) => {
      const found: string[] = []
      const root = document.documentElement
      if (root.scrollWidth > root.clientWidth + 1)
        found.push(`scrolls sideways: ${root.scrollWidth} of ${root.clientWidth}`)
      const name = (element: Element) =>
        `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`
      const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = words.nextNode(); node; node = words.nextNode())
        if (
          /^(?:\w+:)?[a-z]+(?:\.[a-z]+[A-Za-z]*)+$|^[a-z]+[A-Z]\w+$|\{\{|^[a-z]+:\w+/.test(
            node.textContent!.trim(),
          )
        )
          if (!/\.(?:example|txt|csv|png|com)$/.test(node.textContent!.trim()))
            found.push(`a key for a text? “${node.textContent!.trim().slice(0, 40)}”`)
      for (const element of document.querySelectorAll(
        'button, a[href], input, [role=menuitem], [role=tab], summary',
      )) {
        const { width: wide, height, right, left } = element.getBoundingClientRect()
        const seen =
          wide > 1 &&
          height > 1 &&
          element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        if (!seen) continue
        const area = getComputedStyle(element, '::after')
        const reach =
          area.content !== 'none' && area.position === 'absolute' ? Number.parseFloat(area.height) || 0 : 0
        const label = element.closest('label')?.getBoundingClientRect().height ?? 0
        if (
          width < 600 &&
          Math.max(height, reach, label) < 43.5 &&
          getComputedStyle(element).display !== 'inline'
        )
          found.push(`small for a finger: ${name(element)} ${Math.round(wide)}×${Math.round(height)}`)
        if (left < width && right > width + 1) found.push(`cut at the edge: ${name(element)}`)
      }
      for (const element of document.querySelectorAll('button, h1, h2, h3, label, [role=menuitem], th'))
        if (language === 'ru' && element.checkVisibility() && !element.closest('[data-item]'))
          if (/[A-Za-z]{3,}/.test(element.textContent!) && !/[А-яё]/.test(element.textContent!))
            found.push(`not in Russian? ${name(element)}`)
      return [...new Set(found)]
    },
    { width, language },
  )
}
