import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request as sendRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createUploads, TooManyUploads } from '@/csv/uploads'
import { BODY_LIMITS } from '@/server/http/body-limit'
import { createEngine, type Engine } from '../../support/engine'
import { answerWhileSending, cookieOf, type HttpApp, OWNER, startHttpApp } from '../../support/servers/http-app'
import { eventually } from '../../support/worker-process'

const HOUR_MS = 60 * 60_000
const ROWS = 'email,company\nada@nord.example,Nord\nbo@nord.example,Nord\n'

let engine: Engine
let app: HttpApp
let cookie: string
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadnexconnect-uploads-'))
  engine = await createEngine()
  engine.deps.uploads = createUploads(folder)
  app = await startHttpApp(engine)
  cookie = cookieOf(await app.post('/api/auth/sign-up/email', OWNER))
})
afterAll(async () => {
  await app.close()
  await engine.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  for (const name of await readdir(folder)) await rm(join(folder, name))
})

const PATH = '/api/uploads?name=leads.csv'
const ours = () => ({ cookie, origin: app.url })
const send = (body: string | Buffer, headers: Record<string, string> = ours()) =>
  fetch(`${app.url}${PATH}`, { method: 'POST', headers, body: body as string })
const idOf = async (answer: Response) => ((await answer.json()) as { id: string }).id
const partOnDisk = async () => {
  const [part] = (await readdir(folder)).filter((name) => name.endsWith('.part'))
  return part ? (await stat(join(folder, part))).size : 0
}

describe('a file that is sent', () => {
  it('is kept as it is, for its owner alone, and named by an id', async () => {
    const answer = await send(ROWS)
    expect(answer.status).toBe(200)
    const id = await idOf(answer)
    expect(await readFile(join(folder, `${id}.rows`), 'utf8')).toBe(ROWS)
    expect(JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8'))).toMatchObject({
      owner: 'owner',
      fileName: 'leads.csv',
      size: ROWS.length,
    })
    for (const end of ['rows', 'json']) expect((await stat(join(folder, `${id}.${end}`))).mode & 0o777).toBe(0o600)
  })

  it('is on the disk while the rest of it is still on its way, and gone when it breaks off', async () => {
    const request = sendRequest({ host: '127.0.0.1', port: app.port, path: PATH, method: 'POST', headers: ours() })
    request.on('error', () => undefined)
    request.write(Buffer.alloc(512 * 1024, 'a'))
    await eventually(async () => (await partOnDisk()) === 512 * 1024, 'the first half on the disk')
    request.destroy()
    await eventually(async () => (await readdir(folder)).length === 0, 'an empty folder')
  })

  it.each([
    ['nobody is signed in', () => ({ origin: app.url }), 401],
    ['it comes from another site', () => ({ cookie, origin: 'https://evil.example' }), 403],
    ['it names no origin', () => ({ cookie }), 403],
    ['it announces too much', ours, 413],
  ])('is refused unread where %s', async (_where, headers, status) => {
    const open = { path: PATH, headers: { ...headers(), 'content-length': String(BODY_LIMITS.upload + 1) } }
    expect((await answerWhileSending(app, open)).status).toBe(status)
    expect(await readdir(folder)).toEqual([])
  })

  it('is refused in the middle, and nothing of it stays, where it has too much without saying so', async () => {
    const body = Buffer.alloc(BODY_LIMITS.upload + 1, 'a')
    const answer = await answerWhileSending(app, { path: PATH, headers: ours(), body })
    expect([answer.status, JSON.parse(answer.text).message]).toEqual([
      413,
      'This request is larger than 30 MB, which is more than it may be. Nothing was changed.',
    ])
    expect(await readdir(folder)).toEqual([])
  })
})

describe('what was sent', () => {
  const importCsv = (json: object, by = cookie) =>
    app.post('/api/trpc/batches.importCsv', { json }, { cookie: by }).then(async (answer) => ({
      status: answer.status,
      ...(await answer.json()),
    }))

  it('is checked and imported by its id, however often', async () => {
    const uploadId = await idOf(await send(ROWS))
    const checked = await importCsv({ uploadId, fileName: 'leads.csv', dryRun: true })
    expect(checked.result.data.json).toMatchObject({ rows: 2, added: 2, batchId: null })
    const imported = await importCsv({ uploadId, fileName: 'leads.csv' })
    expect(imported.result.data.json).toMatchObject({ added: 2, batchName: 'leads' })
    expect((await importCsv({ uploadId, fileName: 'leads.csv' })).result.data.json).toMatchObject({ existing: 2 })
  })

  it('may be larger than a call', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `person${i}@large.example,${'x'.repeat(30)}`)
    const uploadId = await idOf(await send(`email,company\n${rows.join('\n')}\n`))
    const { result } = await importCsv({ uploadId, fileName: 'leads.csv', dryRun: true })
    expect(result.data.json).toMatchObject({ rows: 30_000, added: 30_000 })
  })

  it('is nobody else’s, and nothing after some hours', async () => {
    const { uploads, clock } = engine.deps
    const at = clock.realNow()
    const uploadId = await idOf(await send(ROWS))
    const other = { owner: 'u2', fileName: 'other.csv', limit: 1_000, at }
    const { id: others } = await uploads.store(bodyOf(ROWS), other)
    expect(await importCsv({ uploadId: others, fileName: 'x.csv' })).toMatchObject({ status: 404 })
    expect(await uploads.open(uploadId, { owner: 'owner', at })).toMatchObject({ size: ROWS.length })
    const late = new Date(at.getTime() + 7 * HOUR_MS)
    expect(await uploads.open(uploadId, { owner: 'owner', at: late })).toBeNull()
    await uploads.clear(new Date(at.getTime() + 5 * HOUR_MS))
    expect((await readdir(folder)).filter((name) => name.endsWith('.rows'))).toHaveLength(2)
    await uploads.clear(late)
    expect(await readdir(folder)).toEqual([])
  })

  it('that broke off with its process is cleared, and what is on its way is not', async () => {
    const { uploads, clock } = engine.deps
    await writeFile(join(folder, 'a0000000-0000-4000-8000-000000000000.part'), 'half')
    let end: () => void = () => undefined
    const whole = new Promise<void>((resolve) => {
      end = resolve
    })
    const slow = async function* () {
      yield Buffer.from('a')
      await whole
    }
    const file = { owner: 'u1', fileName: 'slow.csv', limit: 10, at: clock.realNow() }
    const storing = uploads.store(slow(), file)
    await eventually(async () => (await partOnDisk()) === 1, 'the beginning on the disk')
    await uploads.clear(clock.realNow())
    expect(await readdir(folder)).toHaveLength(1)
    end()
    expect(await uploads.open((await storing).id, { owner: 'u1', at: file.at })).toMatchObject({ size: 1 })
  })

  it('makes room for later ones: a person has 20 files at most', async () => {
    const at = engine.deps.clock.realNow().getTime()
    const file = { owner: 'u1', fileName: 'a.csv', limit: 10 }
    const ids: string[] = []
    for (let i = 0; i < 22; i++) {
      ids.push((await engine.deps.uploads.store(bodyOf('a'), { ...file, at: new Date(at + i) })).id)
    }
    const kept = (await readdir(folder)).filter((name) => name.endsWith('.rows')).map((name) => name.slice(0, -5))
    expect(kept.sort()).toEqual(ids.slice(2).sort())
  })
})

describe('files that are on their way at the same time', () => {
  /** Begins to send, and ends when it is asked. */
  function slowly(owner: string) {
    let end: () => void = () => undefined
    const asked = new Promise<void>((resolve) => {
      end = resolve
    })
    async function* body() {
      yield Buffer.from('a')
      await asked
    }
    const { uploads, clock } = engine.deps
    const stored = uploads.store(body(), { owner, fileName: 'slow.csv', limit: 10, at: clock.realNow() })
    return { stored, end }
  }

  it('are four of a person and twenty in all; what ends makes room', async () => {
    const own = Array.from({ length: 9 }, () => slowly('u1'))
    const refused = await Promise.allSettled(own.slice(4).map(({ stored }) => stored))
    for (const { reason } of refused as PromiseRejectedResult[]) {
      expect(reason).toBeInstanceOf(TooManyUploads)
      expect(reason.message).toContain('4 of your files are on their way to the server already. Nothing was stored.')
    }
    const others = [2, 3, 4, 5].flatMap((person) => Array.from({ length: 4 }, () => slowly(`u${person}`)))
    await expect(slowly('u6').stored).rejects.toThrow('20 files are on their way to the server already.')
    await eventually(async () => (await readdir(folder)).length === 20, 'twenty on the disk')
    own[0]?.end()
    await own[0]?.stored
    const next = slowly('u1')
    for (const { end } of [...own, ...others, next]) end()
    const all = [...own.slice(0, 4), ...others, next]
    expect((await Promise.all(all.map(({ stored }) => stored))).every(({ size }) => size === 1)).toBe(true)
  })

  it('count among the files that are kept, so that a person never has more than twenty', async () => {
    for (let i = 0; i < 20; i++) {
      const early = slowly('u9')
      early.end()
      await early.stored
    }
    const late = Array.from({ length: 4 }, () => slowly('u9'))
    await eventually(
      async () => (await readdir(folder)).filter((name) => name.endsWith('.part')).length === 4,
      'four under way',
    )
    for (const { end } of late) end()
    await Promise.all(late.map(({ stored }) => stored))
    expect((await readdir(folder)).filter((name) => name.endsWith('.rows'))).toHaveLength(20)
  })

  it('are refused unread with words that say so', async () => {
    const open = Array.from({ length: 4 }, () => slowly('owner'))
    const headers = { ...ours(), 'content-length': String(BODY_LIMITS.upload) }
    const answer = await answerWhileSending(app, { path: PATH, headers })
    for (const { end } of open) end()
    await Promise.all(open.map(({ stored }) => stored))
    expect([answer.status, JSON.parse(answer.text).message]).toEqual([
      429,
      '4 of your files are on their way to the server already. Nothing was stored. Wait until one has arrived, then try again.',
    ])
  })
})

async function* bodyOf(text: string) {
  yield Buffer.from(text)
}
