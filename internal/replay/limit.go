package replay

import "ddmon/internal/evaluate"

// LimitError reports that a replay exceeds a limit.
type LimitError = evaluate.LimitError
