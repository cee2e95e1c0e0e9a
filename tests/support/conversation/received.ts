import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { KindContext, MessageKind } from '@/domain/conversation/kind'
import type { ReceivedMessage } from '@/domain/conversation/received-message'

/** Message-ID of the email that all sample messages are about, and the address it went to. */
export const OUR_ID = '<0199c2a4-7b11-7c3e-9f00-5a1b2c3d4e5f@nexa.example>'
export const OUR_LEAD = 'ute.winter@nordwind.example'

export const CONTEXT: KindContext = {
  receivedAt: new Date('2026-12-18T09:00:00Z'),
  unsubscribeAddresses: new Set(['unsubscribe@nexa.example']),
}

const FOLDER = fileURLToPath(new URL('../../fixtures/messages/', import.meta.url))

/** A message written from the shape of a real program; its file's name says what it is, by which program, and in which language: `stop-sure.stop-alone.en.eml`. */
export type SampleMessage = { name: string; expected: string; language: string; raw: Buffer }

export const SAMPLE_MESSAGES: readonly SampleMessage[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => {
    const [expected = '', , language = ''] = file.split('.')
    return { name: file.replace(/\.eml$/, ''), expected, language, raw: readFileSync(`${FOLDER}${file}`) }
  })

/** What a message turned out to be, in the words of the files' names. */
export function kindInWords(kind: MessageKind): string {
  switch (kind.kind) {
    case 'bounce':
      return `bounce-${kind.recipients[0]?.severity}`
    case 'complaint':
      return 'complaint'
    case 'automatic':
      if (kind.left) return kind.left.successor ? 'left-successor' : 'left'
      return kind.away ? `away-${kind.away.until?.day ?? 'none'}` : 'automatic'
    case 'stop_request':
      return kind.sure ? 'stop-sure' : 'stop-unsure'
    case 'human':
      return kind.left ? 'human-left' : `human-${kind.interest ?? 'none'}`
  }
}

/** A message with nothing in it but what is given. */
export const received = (over: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  headers: [],
  from: { name: '', address: OUR_LEAD },
  replyTo: [],
  to: [{ name: '', address: 'sam@nexa.example' }],
  cc: [],
  subject: 'Re: A quieter warehouse at Nordwind',
  sentAt: CONTEXT.receivedAt,
  utcOffsetMinutes: 0,
  messageId: '<reply@nordwind.example>',
  inReplyTo: [],
  references: [],
  contentType: 'text/plain',
  text: '',
  html: '',
  parts: [],
  ...over,
})
