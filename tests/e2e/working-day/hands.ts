import { expect, type Locator, type Page } from 'playwright/test'

/** How a person works a page: the same day is played with each. */
export type Hand = {
  page: Page
  /** Goes to a place by what the app offers for it: the navigation and what it leads to, or the palette. */
  goTo(...places: [string, ...string[]]): Promise<void>
  /** A button or a link. */
  press(control: Locator): Promise<void>
  /** What has a key of its own. */
  act(control: Locator, key: string): Promise<void>
  tick(box: Locator): Promise<void>
  /** Replaces what stands in a field. */
  type(field: Locator, text: string): Promise<void>
  /** Opens a menu or a list of choices, and takes one. */
  choose(control: Locator, option: Locator): Promise<void>
  /** Takes one of a menu or a list that is open. */
  take(option: Locator): Promise<void>
  /** Finds one of many by typing. */
  find(field: Locator, text: string, option: Locator): Promise<void>
}

const beginsWith = (words: string) => new RegExp(`^${words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)

export function mouseOn(page: Page): Hand {
  const navigation = page.getByRole('navigation', { name: 'Main' })
  const press = (control: Locator) => control.click()
  return {
    page,
    goTo: async (first, ...others) => {
      await navigation.getByRole('link', { name: beginsWith(first) }).click()
      for (const name of others)
        await page
          .getByRole('main')
          .getByRole('link', { name: beginsWith(name) })
          .first()
          .click()
    },
    press,
    act: press,
    tick: (box) => box.check(),
    type: (field, text) => field.fill(text),
    choose: async (control, option) => {
      await control.click()
      await option.click()
    },
    take: press,
    find: async (field, text, option) => {
      await field.click()
      await field.fill(text)
      await option.click()
    },
  }
}

// More than any page has: whoever has pressed it so often has been everywhere.
const MOST_PRESSES = 400

/** Keys alone: what cannot be reached by them fails. */
export function keyboardOn(page: Page): Hand {
  const key = (name: string) => page.keyboard.press(name)
  // A page that was just loaded begins at its top; from then on something always has the focus.
  let isFresh = true
  page.on('load', () => {
    isFresh = true
  })
  const expectFocus = async (before: Locator) => {
    if (!isFresh)
      await expect
        .poll(() => page.evaluate(() => document.activeElement !== document.body), `the focus, before ${before}`)
        .toBe(true)
    isFresh = false
  }
  const until = async (name: string, what: Locator, isThere: (element: Element) => boolean) => {
    await expect(what).toBeVisible()
    await expect(what).toBeEnabled()
    for (let presses = 0; presses < MOST_PRESSES; presses++) {
      if (await what.evaluate(isThere)) return
      await key(name)
    }
    throw new Error(`${name} does not lead to ${what}`)
  }
  const reach = async (control: Locator) => {
    await expect(control).toBeVisible()
    await expectFocus(control)
    await until('Tab', control, (element) => element === document.activeElement)
  }
  const take = async (option: Locator) => {
    await until('ArrowDown', option, (element) => element.matches('[data-highlighted], [data-selected="true"]'))
    await key('Enter')
  }
  const press = async (control: Locator) => {
    await reach(control)
    await key('Enter')
  }
  const type = async (field: Locator, text: string) => {
    await reach(field)
    await key('ControlOrMeta+A')
    await page.keyboard.type(text)
  }
  return {
    page,
    goTo: async (...places) => {
      const name = places.at(-1) ?? ''
      const palette = page.getByRole('combobox', { name: 'Search and commands' })
      // A page hears keys once it is alive.
      await expect(async () => {
        if (!(await palette.isVisible())) await key('Control+k')
        await expect(palette).toBeFocused({ timeout: 2_000 })
      }).toPass()
      await page.keyboard.type(name)
      await expect(page.getByText('Searching…')).toBeHidden()
      await take(page.getByRole('option', { name: beginsWith(name) }).first())
      await expect(palette).toBeHidden()
    },
    press,
    act: (_control, name) => key(name),
    tick: async (box) => {
      await reach(box)
      await key('Space')
      await expect(box).toBeChecked()
    },
    type,
    choose: async (control, option) => {
      await press(control)
      await take(option)
    },
    take,
    find: async (field, text, option) => {
      await type(field, text)
      await take(option)
    },
  }
}
