import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { runImport } from '@/use-cases/leads/run-import'
import { startImport } from '@/use-cases/leads/start-import'
import { BY, createEngine, type Engine } from '../../support/engine'
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
afterEach(() => engine.db.user.updateMany({ data: { role: 'owner' } }))

// biome-ignore lint/suspicious/noExplicitAny: answers of the API as they come
const answerOf = async (answer: Response): Promise<{ status: number; data: any }> => {
  const body = await answer.json()
  return { status: answer.status, data: body.result?.data.json ?? body.error.json }
}
const get = (path: string) => fetch(`${app.url}${path}`, { headers: { cookie } })
const ask = (procedure: string, input: object) =>
  get(`/api/trpc/imports.${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`).then(answerOf)
const act = (procedure: string, json: object) =>
  app.post(`/api/trpc/imports.${procedure}`, { json }, { cookie }).then(answerOf)

it('a person starts an import, sees it, takes what was left out, and rolls it back; the log says who did what', async () => {
  const uploaded = await fetch(`${app.url}/api/uploads?name=fair.csv`, {
    method: 'POST',
    headers: { cookie, origin: app.url },
    body: 'email,note\na@x.example,=1\nbad,"two, three"\n',
  })
  const { id: uploadId } = (await uploaded.json()) as { id: string }
  const started = await act('start', { fileName: 'fair.csv', uploadId, batchName: 'Fair', optOuts: 'suppress' })
  const { id } = started.data
  expect(await ask('get', { id })).toMatchObject({ status: 200, data: { status: 'waiting', byName: OWNER.name } })
  await runImport(engine.deps, { importId: id })
  expect(await ask('list', {})).toMatchObject({
    data: { total: 1, rows: [{ id, status: 'done', fileName: 'fair.csv', batchName: 'Fair', added: 1, invalid: 1 }] },
  })
  const file = await get(`/api/imports/${id}/left-out`)
  expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''fair%20-%20left%20out.csv")
  expect(await file.text()).toBe(
    'email,note,Left out: line,Left out: reason\r\nbad,"two, three",3,"""bad"" is not an email address: the @ is missing"\r\n',
  )
  expect(await ask('rollbackPreview', { id })).toMatchObject({ data: { removed: 1, added: 1, existing: 0 } })
  const expected = { removed: 1, restored: 0 }
  expect((await act('rollback', { id, expected })).status).toBe(200)
  expect((await act('rollback', { id, expected })).status).toBe(409)
  await runImport(engine.deps, { importId: id })
  expect(await ask('get', { id })).toMatchObject({
    data: { status: 'rolled_back', removed: 1, rolledBackByName: OWNER.name },
  })
  const entries = await engine.db.auditEntry.findMany({
    where: { act: { in: ['leads_imported', 'import_rolled_back'] } },
  })
  expect(entries.map(({ act, subject, outcome, actorName }) => ({ act, subject, outcome, actorName }))).toEqual([
    { act: 'leads_imported', subject: 'Fair', outcome: 'done', actorName: OWNER.name },
    { act: 'import_rolled_back', subject: 'fair.csv', outcome: 'done', actorName: OWNER.name },
    { act: 'import_rolled_back', subject: 'fair.csv', outcome: 'refused', actorName: OWNER.name },
  ])
})

it('nobody rolls back without the numbers that were seen', async () => {
  const { data } = await act('start', { fileName: 'n.csv', text: 'email\nn@x.example\n' })
  await runImport(engine.deps, { importId: data.id })
  expect((await act('rollback', { id: data.id })).status).toBe(400)
  const answer = await act('rollback', { id: data.id, expected: { removed: 2, restored: 0 } })
  expect(answer.data.message).toContain('By now it would take out 1 lead and give back 0, not 2 and 0.')
  expect(await ask('get', { id: data.id })).toMatchObject({ data: { status: 'done' } })
})

it('an import that waits is cancelled', async () => {
  const { data } = await act('start', { fileName: 'a.csv', text: 'email\nc@x.example\n' })
  expect((await act('cancel', { id: data.id })).status).toBe(200)
  await runImport(engine.deps, { importId: data.id })
  expect(await ask('get', { id: data.id })).toMatchObject({ data: { status: 'cancelled', added: 0 } })
  expect((await act('cancel', { id: data.id })).status).toBe(409)
})

it('what is wrong with a file is said at once, and nothing waits', async () => {
  const before = await engine.db.leadImport.count()
  expect(await act('start', { fileName: 'a.csv', text: 'name\nAda\n' })).toMatchObject({
    status: 400,
    data: { message: expect.stringContaining('has no column of email addresses') },
  })
  const gone = await act('start', { text: 'email\na@x.example', batchId: '01900000-0000-7000-8000-000000000000' })
  expect(gone.data.message).toContain('This batch does not exist any more. Nothing was imported.')
  expect(await engine.db.leadImport.count()).toBe(before)
  expect((await ask('get', { id: '01900000-0000-7000-8000-000000000000' })).status).toBe(404)
})

it('viewers look, take no file, and start, cancel and roll back nothing', async () => {
  const { id } = await startImport(engine.deps, { fileName: 'v.csv', text: 'email\nv@x.example', by: BY })
  await engine.db.user.updateMany({ data: { role: 'viewer' } })
  expect((await ask('get', { id })).status).toBe(200)
  expect((await get(`/api/imports/${id}/left-out`)).status).toBe(403)
  for (const [procedure, input] of [
    ['start', { text: 'email\na@x.example' }],
    ['cancel', { id }],
    ['rollback', { id, expected: { removed: 0, restored: 0 } }],
  ] as const)
    expect([procedure, (await act(procedure, input)).status]).toEqual([procedure, 403])
  expect((await ask('rollbackPreview', { id })).status).toBe(403)
})

it('an open page is told while an import goes on', async () => {
  const opened = new AbortController()
  const answer = await fetch(`${app.url}/api/live?topics=imports`, { headers: { cookie }, signal: opened.signal })
  let text = ''
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const until = async (said: RegExp) => {
    while (!said.test(text)) text += (await reader?.read())?.value ?? ''
    text = ''
  }
  await until(/"imports"/)
  await until(/"changed":\[\]/)
  const { id } = await startImport(engine.deps, { fileName: 'l.csv', text: 'email\nl@x.example', by: BY })
  await until(/"imports"/)
  await until(/"changed":\[\]/)
  await runImport(engine.deps, { importId: id })
  await until(/"imports"/)
  opened.abort()
})
