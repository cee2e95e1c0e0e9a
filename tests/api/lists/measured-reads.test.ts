import type { AnyProcedure } from '@trpc/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { MAY_BE_OLD } from '@/domain/lists/may-be-old'
import { appRouter } from '@/server/api/root'
import { procedureOf } from '../../bench/support/lists/calls'
import { listCalls, NOT_MEASURED, wholeCalls } from '../../bench/support/lists/list-calls'
import { createEngine, type Engine } from '../../support/engine'

// Flat while it runs, whatever its type says.
const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>)
const paths = procedures.map(([path]) => path)
const queries = procedures.flatMap(([path, { _def }]) => (_def.type === 'query' ? [path] : []))

let engine: Engine
let measured: Set<string>
beforeAll(async () => {
  engine = await createEngine()
  // Only their names: nothing is called, and nothing need be there.
  const calls = { ...(await listCalls(engine)), ...(await wholeCalls(engine)) }
  measured = new Set(Object.keys(calls).map(procedureOf))
})
afterAll(() => engine.close())

it('each query of the API is measured on full tables, or left out for a reason', () => {
  expect(queries.filter((path) => !measured.has(path) && !Object.hasOwn(NOT_MEASURED, path))).toEqual([])
})

it('what a replica may answer is a query', () => {
  expect([...MAY_BE_OLD].filter((path) => !queries.includes(path))).toEqual([])
})

it('each read that is measured is a procedure of the API, and none that is left out is measured', () => {
  expect([...measured].filter((path) => !paths.includes(path))).toEqual([])
  expect(Object.keys(NOT_MEASURED).filter((path) => !queries.includes(path) || measured.has(path))).toEqual([])
})
