package evaluate

// reason is why a monitor is not evaluated, as an error on its way up.
type reason string

func (r reason) Error() string { return string(r) }

// NotEvaluated is the reason why a monitor is not evaluated, as an error.
func NotEvaluated(text string) error { return reason("not evaluated: " + text) }
