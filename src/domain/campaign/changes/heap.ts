/** What waits, and gives back first what comes first. */
type Heap<T> = {
  put(value: T): void
  /** What comes first, which stays. */
  peek(): T | undefined
  /** What comes first, which is gone then. */
  take(): T | undefined
}

/** A heap in the order of `compare`, which is below 0 where its first argument comes before its second. */
export function createHeap<T>(compare: (a: T, b: T) => number): Heap<T> {
  const heap: T[] = []
  const isBefore = (a: number, b: number): boolean => {
    const [one, other] = [heap[a], heap[b]]
    return one !== undefined && (other === undefined || compare(one, other) < 0)
  }
  const swap = (a: number, b: number) => {
    const [one, other] = [heap[a], heap[b]]
    if (one !== undefined && other !== undefined) [heap[a], heap[b]] = [other, one]
  }
  return {
    put: (value) => {
      let i = heap.push(value) - 1
      for (let up = (i - 1) >> 1; i > 0 && isBefore(i, up); i = up, up = (i - 1) >> 1) swap(i, up)
    },
    peek: () => heap[0],
    take: () => {
      swap(0, heap.length - 1)
      const first = heap.pop()
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2]
        const least = isBefore(right, left) ? right : left
        if (!isBefore(least, i)) return first
        swap(i, least)
        i = least
      }
    },
  }
}
