import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createShortLivedFolder } from '../../../support/database/short-lived-folder'

describe('a folder for a database of a test', () => {
  let memory: string
  beforeEach(() => {
    memory = mkdtempSync(join(tmpdir(), 'memory-'))
  })
  afterEach(() => rmSync(memory, { recursive: true }))

  it('lies in memory, and takes away what a process that is gone has left there, and nothing else', () => {
    const gone = spawnSync(process.execPath, ['--version']).pid
    const others = [`leadnexconnect-test-${process.ppid}-a`, 'leadnexconnect-test-of-somebody', 'else']
    for (const name of [`leadnexconnect-test-${gone}-b`, ...others])
      mkdirSync(join(memory, name, 'postgres'), { recursive: true })
    const folder = createShortLivedFolder(memory, 1)
    expect(dirname(folder)).toBe(memory)
    expect(readdirSync(memory).sort()).toEqual([...others, basename(folder)].sort())
    expect(readdirSync(folder)).toEqual([])
  })

  it.each([
    ['there is too little room', () => memory, Number.POSITIVE_INFINITY],
    ['the machine keeps no files in memory', () => join(memory, 'missing'), 1],
  ])('lies in the temporary folder where %s', (_title, place, room) => {
    const folder = createShortLivedFolder(place(), room)
    rmSync(folder, { recursive: true })
    expect(dirname(folder)).toBe(tmpdir())
    expect(readdirSync(memory)).toEqual([])
  })
})
