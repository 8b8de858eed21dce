import { holdFixtures } from './hold-fixtures.ts'

holdFixtures(1, 2)
