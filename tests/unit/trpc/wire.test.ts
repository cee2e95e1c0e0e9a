import fc from 'fast-check'
import superjson from 'superjson'
import { describe, expect, it } from 'vitest'
import type { ApiInputs, ApiOutputs } from '@/trpc/react'
import { wire } from '@/trpc/wire'

// What the API takes and answers: JSON, dates, and fields that are not there. Names hold what the form has a meaning for.
const key = fc
  .oneof(fc.string(), fc.constantFrom('a.b', 'a\\', '\\.', '', '0'))
  .filter((name) => !/^(__proto__|constructor|prototype)$|\0/.test(name))
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}))

const forAny = (holds: (value: unknown) => void) => fc.assert(fc.property(values, holds))
/** As it is after its way over the wire. */
const sent = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))

describe('the form of calls and answers', () => {
  it('is read here as the server has written it', () => {
    forAny((value) => {
      expect(wire.deserialize(sent(superjson.serialize(value)))).toStrictEqual(value)
    })
  })

  it('is written here as the server reads it', () => {
    forAny((value) => {
      expect(superjson.deserialize(sent(wire.serialize(value)))).toStrictEqual(value)
    })
  })

  it('is that of the library, sign for sign', () => {
    forAny((value) => {
      expect(sent(wire.serialize(value))).toEqual(sent(superjson.serialize(value)))
    })
  })

  it('has each of two places that hold the same', () => {
    const same = { at: new Date(1) }
    expect(wire.deserialize(sent(superjson.serialize({ a: same, b: [same] })))).toStrictEqual({ a: same, b: [same] })
  })
})

// biome-ignore lint/suspicious/noConfusingVoidType: what procedures answer that answer nothing.
type Plain = string | number | boolean | null | undefined | void | Date
type Other<Value> = unknown extends Value
  ? never
  : Value extends Plain
    ? never
    : Value extends readonly (infer Item)[]
      ? Other<Item>
      : Value extends ReadonlyMap<unknown, unknown> | ReadonlySet<unknown> | bigint | symbol | RegExp | URL
        ? Value
        : Value extends object
          ? { [Key in keyof Value]-?: Other<Value[Key]> }[keyof Value]
          : Value

it('suffices for all that procedures take and answer', () => {
  // Seen by the compiler: false, if there were another one.
  const none: [Other<ApiInputs> | Other<ApiOutputs>] extends [never] ? true : false = true
  expect(none).toBe(true)
})
