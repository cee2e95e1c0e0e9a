import { type ClassValue, clsx } from 'clsx'
import { merge } from './merge-classes'

/** Joins class names; the later of two that set the same property wins. */
export const cn = (...values: ClassValue[]) => merge(clsx(values))
