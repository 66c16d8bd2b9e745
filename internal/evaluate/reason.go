package evaluate

// reason is the error type of NotEvaluated.
type reason string

func (r reason) Error() string { return string(r) }

// NotEvaluated returns an error with the reason why a monitor is not evaluated.
func NotEvaluated(text string) error { return reason("not evaluated: " + text) }
