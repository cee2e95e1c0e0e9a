import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSmtpMailer } from '@/mail/smtp-mailer'
import { type SinkProcess, startSinkProcess } from '../../chaos/support/sink-process'
import { eventually } from '../../support/worker-process'

const DEADLINE_MS = 3_000
// The server answers DATA late enough for this process to stand still by then, also on a busy machine.
const ANSWER_MS = 1_500

let sink: SinkProcess
const mailer = createSmtpMailer({ deadlineMs: DEADLINE_MS })
beforeEach(async () => {
  sink = await startSinkProcess(1)
})
afterEach(async () => {
  mailer.close()
  await sink.close()
})

/** Stands still as a process does that is stopped or starved: answers arrive, and nobody reads them. */
function freeze(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

it('a process that was frozen past the deadline hands no message over, although the server has asked for it meanwhile', async () => {
  sink.follow([{ at: 'data', act: { delayMs: [ANSWER_MS, ANSWER_MS] } }])
  await sleep(50)
  const account = { host: '127.0.0.1', port: sink.port, security: 'none', maxConnections: 1 } as const
  const email = {
    envelope: { from: 'ada@nexa.example', to: 'lead@customer.example' },
    raw: Buffer.from('Message-ID: <1@nexa.example>\r\n\r\nHello\r\n'),
  }
  const sending = mailer.send(account, email)
  await eventually(() => sink.read().rcpt.length === 1, 'the recipient is named')
  await sleep(50)
  freeze(DEADLINE_MS + 1_000)
  expect(await sending).toMatchObject({ kind: 'broken', phase: 'data' })
  await sleep(200)
  expect(sink.read().message).toEqual([])
})
