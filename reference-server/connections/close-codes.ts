/** The codes with which the server closes connections; ws itself adds 1002 for violations of the protocol. */
export const closeCodes = {
  notJson: 1007,
  repeatedErrors: 1008,
  messageTooLarge: 1009,
  restarting: 1012,
  tooSlow: 1013,
} as const;
