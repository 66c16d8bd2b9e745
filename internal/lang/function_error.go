package lang

import (
	"slices"

	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/limit"
)

// functionError is an error of a function that becomes a diagnostic with its own code.
type functionError struct {
	code, summary, detail string
	arg                   int // the invalid argument, starting at 1; 0 for the call as a whole
}

func (e *functionError) Error() string { return e.detail }

func errUnknownID(arg int) error {
	return &functionError{"unknown_id", unknownIDSummary, unknownIDDetail, arg}
}

// safeError replaces the error of a function if its message could contain a sentinel or a sensitive value.
func safeError(err error, references bool, args []cty.Value) error {
	if err != nil && references {
		return &functionError{"unknown_id", unknownIDSummary, "The function fails on a string that contains the id of an object, which is not known until apply. " +
			"In JSON and YAML, write the id in quotes.", 0}
	}
	return withoutSecrets(err, args)
}

// withoutSecrets replaces an error that could quote a sensitive argument.
func withoutSecrets(err error, args []cty.Value) error {
	if err == nil || !slices.ContainsFunc(args, HasSensitive) {
		return err
	}
	return &functionError{"sensitive_argument", "Function fails on a sensitive value",
		"The function fails. The reason is not shown, because an argument is sensitive. Try it with a value that is not.", 0}
}

// limitOf is the error of a function that exceeds a limit; arg is the argument that causes it, starting at 1, or 0 for
// the call.
func limitOf(f *limit.Error, arg int) error {
	return &functionError{CodeLimit, f.Summary, f.Detail, arg}
}

const (
	unknownIDSummary = "Id not known until apply"
	unknownIDDetail  = "This depends on the id of an object, which Datadog assigns when it creates the object. Use an id in a string, a list or a field, " +
		"but not in a condition, a comparison, a key or a function that inspects it."
)
