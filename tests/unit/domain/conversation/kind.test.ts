import { describe, expect, it } from 'vitest'
import { bounceOf, reportsFor, returnedIds } from '@/domain/conversation/bounce/bounce'
import { kindOf } from '@/domain/conversation/kind'
import { readMessage } from '@/mail/read-message'
import { ABSENCES, HUMAN_ANSWERS } from '../../../fixtures/answers-in-words'
import {
  CONTEXT,
  kindInWords,
  OUR_ID,
  OUR_LEAD,
  received,
  SAMPLE_MESSAGES,
} from '../../../support/conversation/received'

const nameOf = ({ name }: { name: string }) => name
const kindOfFile = async (raw: Uint8Array) => kindOf(await readMessage(raw), CONTEXT)

describe('sample messages', () => {
  it('are at least 120, in eight languages, of every kind', () => {
    expect(SAMPLE_MESSAGES.length).toBeGreaterThanOrEqual(120)
    expect([...new Set(SAMPLE_MESSAGES.map(({ language }) => language))].sort()).toEqual(
      expect.arrayContaining(['de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'sv']),
    )
    const kinds = new Set(SAMPLE_MESSAGES.map(({ expected }) => expected.split('-')[0]))
    expect([...kinds].sort()).toEqual(['automatic', 'away', 'bounce', 'complaint', 'human', 'left', 'stop'])
  })

  it.each(SAMPLE_MESSAGES)('$name', async ({ expected, raw }) => {
    expect(kindInWords(await kindOfFile(raw))).toBe(expected)
  })

  it('that are bounces name our email and the lead', async () => {
    const bounces = SAMPLE_MESSAGES.filter(({ expected }) => expected.startsWith('bounce-'))
    const unnamed: string[] = []
    for (const bounce of bounces) {
      const message = await readMessage(bounce.raw)
      const kind = bounceOf(message)
      const recipient = kind && reportsFor(kind, [OUR_LEAD])?.[0]
      if (!returnedIds(message).includes(OUR_ID) || !recipient?.addresses.includes(OUR_LEAD))
        unnamed.push(nameOf(bounce))
    }
    expect(unnamed).toEqual([])
    expect(bounces.length).toBeGreaterThanOrEqual(60)
  })

  it('that are complaints name our email', async () => {
    for (const { raw } of SAMPLE_MESSAGES.filter(({ expected }) => expected === 'complaint'))
      expect(returnedIds(await readMessage(raw))).toContain(OUR_ID)
  })

  it('name the successor of whoever has left', async () => {
    const successors = new Map<string, string>()
    for (const { name, raw } of SAMPLE_MESSAGES) {
      const kind = await kindOfFile(raw)
      const left = kind.kind === 'automatic' || kind.kind === 'human' ? kind.left : null
      if (left?.successor) successors.set(name, `${left.successor.name} <${left.successor.address}>`)
    }
    expect(Object.fromEntries(successors)).toEqual({
      'human-left.colleague-says-so.en': 'Anna Frost <anna.frost@nordwind.example>',
      'left-successor.ausgeschieden.de': 'Max Sommer <max.sommer@nordwind.example>',
      'left-successor.exchange.en': 'Max Sommer <max.sommer@nordwind.example>',
      'left-successor.niet-meer-werkzaam.nl': 'Piet de Vries <piet.devries@nordwind.example>',
      'left-successor.non-lavora-piu.it': 'Marco Riva <marco.riva@nordwind.example>',
      'left-successor.quitte.fr': 'Luc Moreau <luc.moreau@nordwind.example>',
      'left-successor.slutat.sv': 'Lars Lind <lars.lind@nordwind.example>',
      'left-successor.ya-no-trabaja.es': 'Juan Ruiz <juan.ruiz@nordwind.example>',
    })
  })
})

describe('the order of kinds', () => {
  const header = (name: string, value: string) => ({ headers: [{ name, value }] })
  const kind = (over: Parameters<typeof received>[0]) => kindInWords(kindOf(received(over), CONTEXT))

  it.each([
    ['auto-submitted', 'auto-replied'],
    ['auto-submitted', 'auto-generated (vacation)'],
    ['x-autoreply', 'yes'],
    ['x-autorespond', 'Re: x'],
    ['precedence', 'auto_reply'],
    ['x-auto-response-suppress', 'OOF, AutoReply'],
    ['return-path', '<>'],
  ])('%s: %s makes a wish to stop automatic', (name, value) => {
    expect(kind({ ...header(name, value), text: 'Please remove me from your list.' })).toBe('automatic')
  })

  it.each([
    ['auto-submitted', 'no'],
    ['x-autoreply', 'no'],
    ['precedence', 'bulk'],
    ['precedence', 'list'],
    ['x-auto-response-suppress', 'None'],
  ])('%s: %s alone leaves it to the person who wrote', (name, value) => {
    expect(kind({ ...header(name, value), text: 'Which voltage does it need?' })).toBe('human-none')
  })

  it('bulk beside the words of an absence is automatic', () => {
    expect(kind({ ...header('precedence', 'bulk'), text: 'I am on holiday until Monday.' })).toBe('away-2026-12-21')
  })

  it('a person who mentions an absence and asks something is a person', () => {
    expect(kind({ text: 'I am on holiday until Monday, please contact me then. Does Tuesday suit you?' })).toBe(
      'human-none',
    )
  })

  it('a quoted report is no bounce', () => {
    const text =
      'Got this back, what now?\n\n> This message was created automatically by mail delivery software.\n> 550 5.1.1 User unknown'
    expect(kind({ subject: 'Fwd: Mail delivery failed', text })).toBe('human-none')
  })

  it('a date is counted from when the message was written, unless its clock is days off', () => {
    const text = 'I am out of the office until Monday.'
    const away = { ...header('auto-submitted', 'auto-replied'), text }
    expect(kind({ ...away, sentAt: new Date('2026-12-17T09:00:00Z') })).toBe('away-2026-12-21')
    expect(kind({ ...away, sentAt: new Date('2001-01-01T09:00:00Z') })).toBe('away-2026-12-21')
    expect(kind({ ...away, sentAt: null })).toBe('away-2026-12-21')
  })

  it('dates in our own subject behind "Automatic reply:" are no return', () => {
    const subject = 'Automatic reply: Our offer until 15 January 2027'
    expect(kind({ ...header('auto-submitted', 'auto-replied'), subject, text: 'I am out of the office.' })).toBe(
      'away-none',
    )
  })
})

describe('what is said in words', () => {
  it.each(HUMAN_ANSWERS)('a person answers: %j', (text) => {
    expect(kindOf(received({ text }), CONTEXT).kind).toBe('human')
  })

  it.each(ABSENCES)('somebody is away: %j', (text, utcOffsetMinutes, until) => {
    const headers = [{ name: 'auto-submitted', value: 'auto-replied' }]
    expect(kindInWords(kindOf(received({ headers, text, utcOffsetMinutes }), CONTEXT))).toBe(`away-${until ?? 'none'}`)
  })
})
