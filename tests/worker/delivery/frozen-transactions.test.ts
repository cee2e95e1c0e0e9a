import { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSmtpMailer } from '@/mail/smtp-mailer'

const DEADLINE_MS = 3_000

type Word = { port?: number; askedForReply?: true; handedOver?: string }

const flag = () => new Int32Array(new SharedArrayBuffer(4))
const isFrozen = flag()
const hasReplied = flag()

let peer: Worker
const words: Word[] = []
beforeEach(() => {
  peer = new Worker(new URL('../../support/servers/frozen-peer.mjs', import.meta.url), {
    workerData: { isFrozen, hasReplied },
  })
  peer.on('message', (word) => words.push(word))
})
const mailer = createSmtpMailer({ deadlineMs: DEADLINE_MS })
afterEach(async () => {
  mailer.close()
  await peer.terminate()
})

/** Resolves with what the server has said of this. */
async function said<Name extends keyof Word>(name: Name): Promise<Word[Name]> {
  for (;;) {
    const word = words.find((one) => name in one)
    if (word) return word[name]
    await new Promise((resolve) => peer.once('message', resolve))
  }
}

/**
 * Stands still, as a process does that is stopped or starved, until the server has replied and the deadline is over: the
 * reply has arrived, and nobody has read it. From within a timer, after which replies are read before the next timers run.
 */
const freeze = () =>
  new Promise<void>((resolve) => {
    setTimeout(() => {
      Atomics.store(isFrozen, 0, 1)
      Atomics.notify(isFrozen, 0)
      Atomics.wait(hasReplied, 0, 0)
      Atomics.wait(flag(), 0, 0, DEADLINE_MS)
      resolve()
    }, 0)
  })

it('a process that was frozen past the deadline hands no message over, although the server has asked for it meanwhile', async () => {
  const account = {
    host: '127.0.0.1',
    port: (await said('port')) ?? 0,
    security: 'none',
    allowPrivate: true,
    greetingName: 'crm.nexa.example',
    maxConnections: 1,
  } as const
  const email = {
    envelope: { from: 'ada@nexa.example', to: 'lead@customer.example' },
    raw: Buffer.from('Message-ID: <1@nexa.example>\r\n\r\nHello\r\n'),
  }
  const sending = mailer.send(account, email)
  await said('askedForReply')
  await freeze()
  expect(await sending).toMatchObject({ kind: 'broken', phase: 'data' })
  expect(await said('handedOver')).toBe('')
})
