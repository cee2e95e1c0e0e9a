import fc from 'fast-check'
import { expect, it } from 'vitest'
import { refusalIn } from '@/domain/conversation/bounce/verdict'
import { bodyText } from '@/domain/conversation/new-text'
import type { ReceivedMessage } from '@/domain/conversation/received-message'
import { cutText } from '@/domain/cut-text'
import { leadFromRow } from '@/domain/lead/csv-row'
import { optOutColumns, optOutOf } from '@/domain/lead/opt-outs'
import { readSuppressed } from '@/domain/lead/suppression'

const text = fc.string({ unit: fc.constantFrom('a', 'ß', '名', '😀', ' '), maxLength: 40 })

it('cuts no sign in half, and nothing more than it has to', () => {
  fc.assert(
    fc.property(text, fc.nat(45), (whole, length) => {
      const cut = cutText(whole, length)
      expect(cut.isWellFormed()).toBe(true)
      expect(whole.startsWith(cut)).toBe(true)
      expect(cut.length).toBeLessThanOrEqual(length)
      expect(cut.length).toBeGreaterThanOrEqual(Math.min(length - 1, whole.length))
    }),
  )
})

// The border of each limit falls into a sign of two units for one of them.
const longOf = (length: number) => ['😀'.repeat(length), `a${'😀'.repeat(length)}`]

it('a value of a file that is too long is cut at a whole sign', () => {
  for (const value of longOf(4_000)) {
    const row = leadFromRow(['a@x.example', value], ['email', 'custom:note'])
    expect(row.ok && row.lead.customFields.note?.isWellFormed()).toBe(true)
  }
})

it('so is what a file says of somebody who wants no email, and what a problem quotes', () => {
  for (const value of longOf(60)) {
    const columns = optOutColumns([{ name: 'Bounce reason' }])
    expect(optOutOf([value], columns)?.value.isWellFormed()).toBe(true)
    const read = readSuppressed(value)
    expect(!read.ok && read.problem.isWellFormed()).toBe(true)
  }
})

it('so are the words that are kept of a bounce and of a long message', () => {
  for (const value of longOf(25_000)) {
    expect(refusalIn(`550 5.1.1 ${value}`)?.text.isWellFormed()).toBe(true)
    const message = { text: value, html: '' } as ReceivedMessage
    expect(bodyText(message).isWellFormed()).toBe(true)
  }
})
