/** A rule between parts that a playbook breaks. */
export interface CrossProblem {
  path: (string | number)[]
  message: string
}
