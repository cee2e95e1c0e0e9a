import type { ReactNode } from 'react'
import { cn } from '../class-names'

export type Column<Row> = {
  key: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  /** Figures and times stand right, words left. Default: left for the first column, else right. */
  align?: 'left' | 'right'
  /**
   * Its place on a narrow screen, where a row becomes a card of six columns: `title` and `full` go across without their
   * header, `half` and `third` stand below it, `corner` goes to the top right (a menu), `hidden` is left out.
   * Default: `title` for the first column, else `half`.
   */
  card?: 'title' | 'full' | 'half' | 'third' | 'corner' | 'hidden'
  /** Leaves it out of the card of a row about which it has nothing to say. */
  omit?: (row: Row) => boolean
  /** Where a click on the header leads; `sorted` says which way it now sorts. */
  sortHref?: string
  sorted?: 'ascending' | 'descending' | undefined
  className?: string
}

export const spans = {
  title: 'col-span-6',
  full: 'col-span-6',
  half: 'col-span-3',
  third: 'col-span-2',
  corner: 'absolute top-1.5 right-2 sm:static',
  hidden: 'hidden',
}

/** A column with its place among the others: the first is the title of a card, and the outer ones touch the edge. */
export type Placed<Row> = { column: Column<Row>; first: boolean; place: CardPlace; right: boolean; style: string }

/** The columns with their places; `selectable`: a column of checkboxes stands before them. */
export function layoutOf<Row>(columns: readonly Column<Row>[], selectable: boolean): Placed<Row>[] {
  return columns.map((column, index) => {
    const first = index === 0
    const right = (column.align ?? (first ? 'left' : 'right')) === 'right'
    const edges = cn(first && !selectable && 'sm:pl-[18px]', index === columns.length - 1 && 'sm:pr-[18px]')
    return {
      column,
      first,
      right,
      place: column.card ?? (first ? 'title' : 'half'),
      style: cn(right ? 'tabular-nums sm:text-right' : 'text-left', edges),
    }
  })
}

/** A row: on a narrow screen a card of six columns. */
export const rowStyle = 'relative grid grid-cols-6 gap-x-3 gap-y-2 px-[18px] py-3 sm:table-row'

export type CardPlace = keyof typeof spans
