import { expect, it } from 'vitest'
import { z } from 'zod'
import { appRouter } from '@/server/api/root'

type Schema = { [key: string]: unknown; type?: unknown; minimum?: number; maximum?: number }
type Procedure = { _def: { inputs: z.core.$ZodType[] } }

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>)

// What a column of type integer holds.
const LARGEST = 2 ** 31 - 1

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Every schema of one of these types in a schema, with its place. */
function schemasIn(schema: unknown, types: readonly string[], place: string): [string, Schema][] {
  if (!isObject(schema)) return []
  const own: [string, Schema][] = types.includes(String(schema.type)) ? [[place, schema]] : []
  return [...own, ...Object.entries(schema).flatMap(([key, inner]) => schemasIn(inner, types, `${place}.${key}`))]
}

const taken = (...types: string[]) =>
  procedures.flatMap(([name, { _def }]) =>
    _def.inputs.flatMap((input) =>
      schemasIn(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }), types, name),
    ),
  )

const numbers = taken('number', 'integer')

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

it('every list that a procedure takes has a bound', () => {
  const unbounded = taken('array').filter(([, { maxItems }]) => typeof maxItems !== 'number')
  expect(unbounded.map(([place]) => place)).toEqual([])
})

// Of these the form itself is as long as it may be.
const FORMED = ['uuid', 'date']

it('every text that a procedure takes has a bound', () => {
  const unbounded = taken('string').filter(
    ([, { maxLength, format, enum: words, const: word }]) =>
      typeof maxLength !== 'number' && !FORMED.includes(String(format)) && words === undefined && word === undefined,
  )
  expect(unbounded.map(([place]) => place)).toEqual([])
})

it('every object whose fields a caller names has a bound of them', () => {
  const named = taken('object').filter(([, { additionalProperties }]) => isObject(additionalProperties))
  expect(named.map(([place]) => place)).toContain('leads.create.properties.customFields')
  expect(named.filter(([, { maxProperties }]) => typeof maxProperties !== 'number').map(([place]) => place)).toEqual([])
})

it.each([
  ['leads.list', 'statuses', Array(12).fill('new'), 'Too big: expected array to have <=11 items'],
  ['massActs.count', 'statuses', Array(12).fill('new'), 'Too big: expected array to have <=11 items'],
  [
    'leads.create',
    'customFields',
    Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`field ${n}`, 'x'])),
    'A lead has at most 200 custom fields.',
  ],
])('%s says the limit of %s', (name, field, value, words) => {
  const [, procedure] = procedures.find(([one]) => one === name) ?? []
  const problems = procedure?._def.inputs.flatMap(
    (input) => z.safeParse(input, { email: 'ada@nordwind.example', [field]: value }).error?.issues ?? [],
  )
  expect(problems?.map(({ path, message }) => [path.join('.'), message])).toEqual([[field, words]])
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
