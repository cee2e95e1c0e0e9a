import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { createEngine, type Engine } from '../../support/engine'
import { addMember } from '../../support/team/members'

const createCaller = createCallerFactory(appRouter)
let engine: Engine
let api: ReturnType<typeof createCaller>
beforeAll(async () => {
  engine = await createEngine()
  const viewer = await addMember(engine, 'viewer', 'Vera Viewer')
  api = createCaller({ deps: engine.deps, user: viewer })
})
afterAll(() => engine.close())

const AT = new Date('2026-03-02T08:00:00Z')

describe('what bears the words that a person types', () => {
  it('is a mailbox, by its name or address, so many at the most, also for who only looks', async () => {
    const { id, ...mailbox } = await engine.db.mailbox.findFirstOrThrow()
    const names = ['North 1', 'North 2', 'north 3', '100% south']
    await engine.db.mailbox.createMany({
      data: names.map((name, n) => ({ ...mailbox, name, fromEmail: `box${n}@nord.example` })),
    })
    const found = async (search: string, pageSize?: number) =>
      (await api.mailboxes.find({ search, pageSize })).map(({ name }) => name)
    expect(await found('NORTH')).toEqual(['North 1', 'North 2', 'north 3'])
    expect(await found('north', 2)).toEqual(['North 1', 'North 2'])
    expect(await found('box3@')).toEqual(['100% south'])
    expect(await found('%')).toEqual(['100% south'])
    expect(id).toBeDefined()
  })

  it('is a member, and nobody who has left', async () => {
    const gone = await addMember(engine, 'member', 'Gesa Gone')
    await addMember(engine, 'admin', 'Gesa Here')
    await engine.db.user.update({ where: { id: gone.id }, data: { removedAt: AT } })
    expect(await api.team.find({ search: 'gesa' })).toMatchObject([
      { name: 'Gesa Here', email: 'gesa.here@nexa.example' },
    ])
    expect(await api.team.find({ search: 'vera.viewer@' })).toMatchObject([{ name: 'Vera Viewer' }])
  })

  it('is an import by the name of its file, the newest first', async () => {
    const times = { acceptedAt: AT, touchedAt: AT, finishedAt: AT }
    const of = { status: 'done', size: 1, reading: {}, totalRows: 0, ...times } as const
    const files = ['fair in kiel.csv', 'Kiel 2.csv', 'others.csv']
    for (const [n, fileName] of files.entries())
      await engine.db.leadImport.create({ data: { ...of, fileName, createdAt: new Date(AT.getTime() + n) } })
    expect((await api.imports.find({ search: 'kiel' })).map(({ fileName }) => fileName)).toEqual([
      'Kiel 2.csv',
      'fair in kiel.csv',
    ])
  })

  it('is nothing where nothing was typed', async () => {
    for (const find of [api.mailboxes.find, api.team.find, api.imports.find])
      await expect(find({ search: ' ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})
