import { expect, it } from 'vitest'
import { z } from 'zod'
import { appRouter } from '@/server/api/root'

type Schema = { [key: string]: unknown; type?: unknown; minimum?: number; maximum?: number }
type Procedure = { _def: { inputs: z.core.$ZodType[] } }

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)

// What a column of type integer holds.
const LARGEST = 2 ** 31 - 1

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Every number in a schema, with its place. */
function numbersIn(schema: unknown, place: string): [string, Schema][] {
  if (!isObject(schema)) return []
  const own: [string, Schema][] = ['number', 'integer'].includes(String(schema.type)) ? [[place, schema]] : []
  return [...own, ...Object.entries(schema).flatMap(([key, inner]) => numbersIn(inner, `${place}.${key}`))]
}

const numbers = procedures.flatMap(([name, { _def }]) =>
  _def.inputs.flatMap((input) => numbersIn(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }), name)),
)

it('every number that a procedure takes has bounds that its column can hold', () => {
  const unbounded = numbers.filter(
    ([, { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }]) =>
      minimum < -LARGEST || maximum > LARGEST,
  )
  expect(unbounded.map(([place]) => place)).toEqual([])
  expect(numbers.map(([place]) => place)).toEqual(
    expect.arrayContaining([
      'campaigns.emails.properties.stepNumber',
      'mailboxes.create.properties.ramp.anyOf.0.properties.start',
    ]),
  )
})

it.each([
  ['campaigns.emails', 'stepNumber', 18e9],
  ['campaigns.emails', 'stepNumber', 21],
  ['campaigns.list', 'page', 2 ** 53 - 1],
  ['campaigns.events', 'pageSize', 201],
  ['runs.list', 'page', 10_001],
  ['sandbox.list', 'pageSize', 201],
])('%s takes no %s of %d', (name, field, value) => {
  const [, procedure] = procedures.find(([one]) => one === name) ?? []
  const problems = procedure?._def.inputs.flatMap(
    (input) =>
      z.safeParse(input, { campaignId: '0192f0c1-2d3e-7abc-8def-0123456789ab', [field]: value }).error?.issues ?? [],
  )
  expect(problems?.map(({ path, code }) => [path.join('.'), code])).toEqual([[field, 'too_big']])
})
