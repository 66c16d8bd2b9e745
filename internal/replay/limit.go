package replay

import "ddmon/internal/evaluate"

// LimitError says that a replay would take more than there may be.
type LimitError = evaluate.LimitError
