import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { extendTailwindMerge } from 'tailwind-merge'
import { expect, it } from 'vitest'
import { merge } from '@/components/ui/merge-classes'

/** The same with all groups that Tailwind has, and this app's own sizes. */
const whole = extendTailwindMerge({
  extend: {
    theme: {
      text: ['caption', 'control', 'body', 'title', 'heading', 'figure'],
      radius: ['small', 'control', 'card'],
      shadow: ['rest', 'float'],
    },
  },
})

// Words of other languages that look like class names: directives of the content security policy, places of toasts.
const NO_CLASSES = ['font-src', 'bottom-right']
const SCREENS = ['components', 'app']

const isClass = (word: string) => word !== '' && whole(`${word} ${word}`) === word
const WHEN = /^(?:[^[\]:]*(?:\[[^\]]*\])?[^[\]:]*:)+/

/** Every class name that stands in a text of the screens, without what says when it counts ("hover:"); and all that does. */
function classesOfTheScreens(): { classes: string[]; times: string[] } {
  const found = new Set<string>()
  const times = new Set<string>()
  for (const folder of SCREENS) {
    for (const path of readdirSync(join('src', folder), { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.ts') && !path.endsWith('.tsx')) continue
      if (path.endsWith('merge-classes.ts')) continue
      for (const [, text = ''] of readFileSync(join('src', folder, path), 'utf8').matchAll(/['"`]([^'"`]*)['"`]/g))
        for (const word of text.split(/\s+/)) {
          found.add(word.replace(WHEN, ''))
          if (isClass(word)) times.add(WHEN.exec(word)?.[0] ?? '')
        }
    }
  }
  return { classes: [...found].filter((word) => isClass(word) && !NO_CLASSES.includes(word)), times: [...times] }
}

it('knows of every two class names of the screens whether the later overrides the earlier', () => {
  const { classes } = classesOfTheScreens()
  expect(classes.length).toBeGreaterThan(350)
  const wrong: string[] = []
  for (const first of classes)
    for (const second of classes) {
      const pair = `${first} ${second}`
      const [expected, answer] = [whole(pair), merge(pair)]
      if (expected !== answer) wrong.push(`${pair}: "${answer}" instead of "${expected}"`)
    }
  expect(wrong).toEqual([])
})

it('keeps apart what counts at different times and for different parts', () => {
  for (const classes of [
    'p-2 hover:p-3 p-4',
    'sm:px-2 px-3 sm:p-1',
    'data-popup-open:bg-sunken bg-surface hover:bg-sunken/60',
    'before:absolute before:relative !top-2 top-3 !top-4',
    '[&_svg]:size-4 [&_svg]:size-5 text-caption/4 text-body',
  ])
    expect(merge(classes)).toBe(whole(classes))
})

it('need not know that two orders of what says when a class counts are one: the screens have each in one order', () => {
  const { times } = classesOfTheScreens()
  expect(times).toEqual(expect.arrayContaining(['', 'hover:', 'data-popup-open:']))
  const sorted = times.map((time) =>
    time
      .split(/:(?![^[]*\])/)
      .sort()
      .join(':'),
  )
  expect(new Set(sorted).size).toBe(times.length)
})
