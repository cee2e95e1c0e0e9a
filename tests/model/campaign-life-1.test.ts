import { playLives } from './lives'

playLives(1)
