import { describe, expect, it } from 'vitest'
import { DESTINATIONS } from '@/components/shell/destinations'
import { GO_KEYS, isCharacterKey, readKey } from '@/components/shell/go-keys'

describe('keys of the shell', () => {
  it('leads to every place, each by a letter of its own', () => {
    expect(Object.values(GO_KEYS).sort()).toEqual(DESTINATIONS.map(({ href }) => href).sort())
  })

  it('calls the emails that stayed here a sandbox: an inbox is what people answer into', () => {
    expect(DESTINATIONS.find(({ href }) => href === '/inbox')?.label).toBe('Inbox')
    expect(readKey('i', 5_000, 5_400)).toEqual({ kind: 'go', href: '/inbox' })
    expect(DESTINATIONS.find(({ href }) => href === '/sandbox')?.label).toBe('Sandbox')
    expect(readKey('b', 5_000, 5_400)).toEqual({ kind: 'go', href: '/sandbox' })
  })

  it('goes somewhere only when the letter follows g', () => {
    expect(readKey('c', null, 5_000)).toEqual({ kind: 'nothing' })
    expect(readKey('g', null, 5_000)).toEqual({ kind: 'begin', at: 5_000 })
    expect(readKey('c', 5_000, 5_400)).toEqual({ kind: 'go', href: '/campaigns' })
    expect(readKey('C', 5_000, 5_400)).toEqual({ kind: 'go', href: '/campaigns' })
  })

  it('forgets a g that nothing followed', () => {
    expect(readKey('c', 5_000, 6_501)).toEqual({ kind: 'nothing' })
    expect(readKey('x', 5_000, 5_100)).toEqual({ kind: 'nothing' })
    expect(readKey('g', 5_000, 5_100)).toEqual({ kind: 'begin', at: 5_100 })
  })

  it('shows the help on a question mark, also after g', () => {
    expect(readKey('?', null, 0)).toEqual({ kind: 'help' })
    expect(readKey('?', 0, 100)).toEqual({ kind: 'help' })
  })

  it('tells characters from keys that move and press', () => {
    for (const key of ['g', '?', '/', 'ä', '😀']) expect(isCharacterKey(key)).toBe(true)
    for (const key of [' ', 'Enter', 'Tab', 'Escape', 'ArrowDown', 'Shift']) expect(isCharacterKey(key)).toBe(false)
  })
})
