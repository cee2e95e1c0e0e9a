import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['caption', 'control', 'body', 'title', 'heading', 'figure'],
      radius: ['small', 'control', 'card'],
      shadow: ['rest', 'float'],
    },
  },
})

/** Joins class names; the later of two that set the same property wins. */
export const cn = (...values: ClassValue[]) => merge(clsx(values))
