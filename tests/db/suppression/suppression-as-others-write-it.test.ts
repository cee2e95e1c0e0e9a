import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { importLeads } from '@/use-cases/leads/import-leads'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { importSuppressions } from '@/use-cases/suppression/import-suppressions'
import { listSuppressions } from '@/use-cases/suppression/list-suppressions'
import { BY, createEngine, type Engine } from '../../support/engine'
import { refusal } from '../../support/refusal'

let engine: Engine
beforeAll(async () => {
  engine = await createEngine()
})
afterAll(() => engine.close())
beforeEach(async () => {
  await engine.db.lead.deleteMany()
  await engine.db.suppression.deleteMany()
})

const add = (value: string, confirmed?: boolean) => addSuppression(engine.deps, { value, confirmed, by: BY })
const load = (text: string, column?: number) =>
  importSuppressions(engine.deps, { fileName: 'no-more.csv', text, column, by: BY })
const list = async () =>
  (await listSuppressions(engine.deps, {})).entries.map(({ kind, value }) => `${kind} ${value}`).sort()

describe('everybody at a domain', () => {
  it.each(['*@fjell.example', '%@fjell.example', '@fjell.example', '*@Fjell.Example '])(
    'may be written %j',
    async (value) => {
      expect(await add(value)).toMatchObject({ kind: 'domain', value: 'fjell.example', added: true })
      const imported = await importLeads(engine.deps, {
        fileName: 'x.csv',
        text: 'Email\nliv@fjell.example\nole@delta.example',
        by: BY,
      })
      expect(imported).toMatchObject({ added: 1, suppressed: 1 })
    },
  )

  it.each(['*.fjell.example', '*@*.fjell.example', '@*.fjell.example', '.fjell.example', '%.fjell.example'])(
    'and below it, %j, is refused with what to write instead',
    async (value) => {
      const { message } = await refusal(add(value))
      expect(message).toBe(
        `"${value}" means every domain below fjell.example, which the list cannot hold: write fjell.example for itself, and each below it by its name, such as mail.fjell.example. Nothing was added. Enter an address or a domain.`,
      )
    },
  )

  it.each(['info@*', 'a*@fjell.example', '*@*', '*'])('is not what %j means', async (value) => {
    expect((await refusal(add(value))).message).toContain('has a placeholder that the list cannot hold')
    expect(await list()).toEqual([])
  })
})

describe('the domain of a public provider', () => {
  it('asks back with the number of leads, and is added when that is confirmed', async () => {
    await importLeads(engine.deps, { fileName: 'x.csv', text: 'Email\na@gmx.at\nb@gmx.at\n', by: BY })
    expect(await refusal(add('gmx.at'))).toEqual({
      code: 'conflict',
      message:
        'Anybody can have an address at gmx.at: 2 of your leads have one. Nothing was added. Confirm that nobody there is to be emailed, or enter single addresses.',
    })
    expect(await list()).toEqual([])
    expect(await add('gmx.at', true)).toMatchObject({ kind: 'domain', added: true, leadsAffected: 2 })
    expect(await add('somebody@gmx.at')).toMatchObject({ kind: 'address', added: true })
  })

  it('among many is added by nobody but a person', async () => {
    await importLeads(engine.deps, { fileName: 'x.csv', text: 'Email\na@hotmail.fr\n', by: BY })
    expect(await load('fjell.example\n*@hotmail.fr\nliv@delta.example')).toMatchObject({
      rows: 3,
      added: 2,
      existing: 0,
      unconfirmed: [{ line: 2, value: 'hotmail.fr', leads: 1 }],
    })
    expect(await list()).toEqual(['address liv@delta.example', 'domain fjell.example'])
  })
})

describe("another program's list", () => {
  it('gives its addresses, whatever its columns are called, and no company that reads like a domain', async () => {
    expect(
      await load('Firm,Who,Reach,When\nFjell.com,Liv,liv@fjell.example,2026-04-01\nDelta.io,Ole,ole@delta.example,\n'),
    ).toMatchObject({
      rows: 2,
      added: 2,
      invalid: 0,
    })
    expect(await list()).toEqual(['address liv@fjell.example', 'address ole@delta.example'])
  })

  it('is read without a line of names, too', async () => {
    await load('Fjell.com;liv@fjell.example\nDelta.io;ole@delta.example')
    expect(await list()).toEqual(['address liv@fjell.example', 'address ole@delta.example'])
  })

  it('with two columns of addresses asks for one before anything is added', async () => {
    const text = 'Old,New\nliv@fjell.example,liv@fjell2.example\nole@delta.example,ole@delta2.example'
    expect(await refusal(load(text))).toEqual({
      code: 'missing_column',
      message:
        'Several columns of "no-more.csv" could be meant: "Old", "New". Nothing was added. Choose the one whose addresses or domains go on the list.',
    })
    expect(await list()).toEqual([])
    expect(await load(text, 1)).toMatchObject({ rows: 2, added: 2 })
    expect(await list()).toEqual(['address liv@fjell2.example', 'address ole@delta2.example'])
  })
})
