import { describe, expect, it } from 'vitest'
import { correctedKind, correctionsOf } from '@/domain/conversation/correction'
import { joinedUndo, readUndo } from '@/domain/conversation/stored-undo'

const plain = { asksPerson: false, isCorrected: false }

describe('what a message can be corrected to', () => {
  it('everything but what it is; a wish that was not sure also to itself', () => {
    expect(correctionsOf({ ...plain, kind: 'human' })).toEqual(['stop_request', 'nothing'])
    expect(correctionsOf({ ...plain, kind: 'stop_request' })).toEqual(['reply', 'nothing'])
    expect(correctionsOf({ ...plain, kind: 'stop_request', asksPerson: true })).toEqual([
      'stop_request',
      'reply',
      'nothing',
    ])
    expect(correctionsOf({ ...plain, kind: 'unreadable' })).toEqual([])
  })

  it('a report that was taken back is not taken back twice', () => {
    expect(correctionsOf({ ...plain, kind: 'bounce' })).toEqual(['nothing'])
    expect(correctionsOf({ ...plain, kind: 'bounce', isCorrected: true })).toEqual([])
  })

  it('reports and what we wrote stay what they are', () => {
    expect(['bounce', 'own', 'human'].map((kind) => correctedKind(kind as 'own', 'nothing'))).toEqual([
      'bounce',
      'own',
      'automatic',
    ])
  })
})

describe('what takes two messages back', () => {
  it('is the status before the first, and all that either did', () => {
    const [a, b] = ['0199c2a4-7b11-7c3e-9f00-5a1b2c3d4e5f', '0199c2a4-7b11-7c3e-9f00-5a1b2c3d4e60']
    const first = readUndo({ leadStatus: { from: 'contacted', to: 'replied' }, skipped: [a] })
    const second = readUndo({
      leadStatus: { from: 'replied', to: 'unsubscribed' },
      skipped: [b],
      suppressed: ['x@y.example'],
    })
    expect(joinedUndo(first, second)).toMatchObject({
      leadStatus: { from: 'contacted', to: 'unsubscribed' },
      skipped: [a, b],
      suppressed: ['x@y.example'],
    })
  })

  it('is nothing where a row holds something else', () => {
    expect(readUndo({ skipped: 2 })).toEqual({})
  })
})
