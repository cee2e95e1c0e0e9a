/** The look of everything that floats above the page: menus, lists of choices. */
export const popupStyle =
  'origin-(--transform-origin) rounded-control border bg-surface p-1 text-control text-ink shadow-float outline-none transition-[opacity,transform] data-ending-style:scale-[0.98] data-starting-style:scale-[0.98] data-ending-style:opacity-0 data-starting-style:opacity-0'

/** A line in it: at least 32 px, 40 px under a finger. */
export const itemStyle =
  'flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-small px-2 py-1 text-control outline-none pointer-coarse:min-h-10 data-disabled:cursor-not-allowed data-disabled:text-ink-3 data-highlighted:bg-sunken [&_svg]:size-[15px] [&_svg]:shrink-0'
