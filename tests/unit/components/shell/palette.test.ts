import { expect, it } from 'vitest'
import { isPaletteKey } from '@/components/shell/go-keys'
import { commandsFor } from '@/components/shell/palette/commands'

const all = { write: true, manage: true }
const labels = (typed: string, may = all) => {
  const { acts, places } = commandsFor(typed, may)
  return [...acts, ...places].map(({ label }) => label)
}

it('finds acts and places by all the words that were typed, also by words that stand for them', () => {
  expect(labels('new camp')).toEqual(['New campaign'])
  expect(labels('  PASSWORD ')).toEqual(['Your account'])
  expect(labels('settings mail')).toEqual(['Mailboxes', 'Suppression list'])
  expect(labels('no such thing')).toEqual([])
})

it('leads to every place, each once', () => {
  const { acts, places } = commandsFor('', all)
  const hrefs = [...acts, ...places].map(({ href }) => href)
  expect(new Set(hrefs).size).toBe(hrefs.length)
  expect(labels('').length).toBeGreaterThan(15)
})

it('offers nobody what they may not do', () => {
  expect(labels('new', { write: false, manage: false })).toEqual([])
  expect(labels('mailbox', { write: true, manage: false })).toEqual(['Mailboxes'])
})

it('opens by Ctrl or Cmd with K, and by nothing else', () => {
  const key = { key: 'k', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
  expect(isPaletteKey({ ...key, ctrlKey: true })).toBe(true)
  expect(isPaletteKey({ ...key, metaKey: true, key: 'K' })).toBe(true)
  for (const other of [key, { ...key, ctrlKey: true, shiftKey: true }, { ...key, ctrlKey: true, key: 'j' }]) {
    expect(isPaletteKey(other)).toBe(false)
  }
})
