import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../support/engine'
import { cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'

let engine: Engine
let app: HttpApp
let cookie: string
beforeAll(async () => {
  engine = await createEngine()
  app = await startHttpApp(engine)
  cookie = cookieOf(await app.post('/api/auth/sign-up/email', OWNER))
})
afterAll(async () => {
  await app.close()
  await engine.close()
})

const call = async (name: string, body: string) => {
  const headers = { 'content-type': 'application/json', origin: app.url, cookie }
  const answer = await fetch(`${app.url}/api/trpc/${name}`, { method: 'POST', headers, body })
  const said = await answer.json()
  return [answer.status, said.error?.json.message ?? said.result.data.json]
}
const TOO_MANY = [413, 'This request has more than 30,000 values, which is more than it may have. Nothing was changed.']
const UNREADABLE = [400, 'This request could not be read. Nothing was changed.']

describe('a call of more values than it may have', () => {
  it.each([
    ['lists one inside the other', `${'['.repeat(30_001)}${']'.repeat(30_001)}`],
    ['objects one inside the other', `${'{"a":'.repeat(30_001)}1${'}'.repeat(30_001)}`],
    ['lists beside each other', `[${'[],'.repeat(15_000)}[]]`],
    ['numbers', `[${'1,'.repeat(30_000)}1]`],
    ['fields', `{${Array.from({ length: 30_001 }, (_, n) => `"${n}":1`).join(',')}}`],
  ])('is refused before anything is made of it: %s', async (_what, value) => {
    expect(await call('team.resetLink', `{"json":{"userId":${value}}}`)).toEqual(TOO_MANY)
    expect(await call('team.resetLink', `{"json":{"userId":"x"},"meta":{"values":${value}}}`)).toEqual(TOO_MANY)
    expect(await call('team.resetLink?batch=1', `{"0":{"json":{}},"1":${value}}`)).toEqual(TOO_MANY)
  })

  it('is not one of two selections of 10,000 leads, nor of a long text', async () => {
    const ids = Array.from({ length: 10_000 }, () => randomUUID())
    const selections = JSON.stringify({ json: { id: ids[0], addLeadIds: ids, removeLeadIds: ids } })
    expect((await call('batches.update', selections))[0]).not.toBe(413)
    const texts = JSON.stringify({
      json: { subject: 'A', bodyText: 'a, b; {"c": [1, 2]}, '.repeat(14_000), name: 'A' },
    })
    expect((await call('templates.create', texts))[0]).not.toBe(413)
  })
})

describe('the types that a call names', () => {
  const typed = (json: unknown, values: unknown) =>
    call('settings.update', JSON.stringify({ json, meta: { values, v: 1 } }))

  it.each([
    'regexp',
    'bigint',
    'set',
    'map',
    'URL',
    'Error',
    'number',
    ['typed-array', 'Float64Array'],
    ['class', 'Object'],
    ['custom', 'x'],
    ['symbol', 'x'],
  ])('are those that a procedure takes, of which %s is none', async (type) => {
    expect(await typed({ companyName: 'Nexa' }, { 'x.y': [type] })).toEqual(UNREADABLE)
    expect(await typed({ companyName: 'Nexa' }, { companyName: ['undefined', { x: [type] }] })).toEqual(UNREADABLE)
    expect(await typed({ companyName: 'Nexa' }, [type])).toEqual(UNREADABLE)
  })

  it('are read at as many places as a large call has, and refused where they are gone through too often', async () => {
    const places = (depth: number, many: number) => ({
      [Array.from({ length: depth }, () => 'a').join('.')]: [
        'undefined',
        Object.fromEntries(Array.from({ length: many }, (_, n) => [n, ['undefined']])),
      ],
    })
    // The library goes through the whole place once for each that lies in it.
    expect(await typed({ companyName: 'Other' }, places(2_000, 200))).toEqual(UNREADABLE)
    const own = Object.fromEntries(Array.from({ length: 2_000 }, (_, n) => [`steps.${n}.text.bodyHtml`, ['undefined']]))
    expect((await typed({ companyName: 'Other' }, own))[0]).toBe(200)
  })

  it('are dates and nothing, of which each stays what it is', async () => {
    expect((await typed({ companyName: 'Third', postalAddress: null }, { postalAddress: ['undefined'] }))[0]).toBe(200)
    const until = { id: randomUUID(), until: '2030-01-01T00:00:00.000Z', seen: null, ifVersion: 1 }
    const snoozed = JSON.stringify({ json: until, meta: { values: { until: ['Date'] }, v: 1 } })
    expect((await call('inbox.snooze', snoozed))[0]).toBe(404)
  })
})
