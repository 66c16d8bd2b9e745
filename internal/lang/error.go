package lang

import (
	"slices"

	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/limit"
)

// functionError is an error of a function that has a diagnostic of its own.
type functionError struct {
	code, summary, detail string
	arg                   int // the argument that is wrong, the first is 1; 0 if it is the call as a whole
}

func (e *functionError) Error() string { return e.detail }

func errUnknownID(arg int) error {
	return &functionError{"unknown_id", unknownIDSummary, unknownIDDetail, arg}
}

// explain says in other words why a function fails, where its own words would show a sentinel or a secret.
func explain(err error, references bool, args []cty.Value) error {
	if err != nil && references {
		return &functionError{"unknown_id", unknownIDSummary, "The function fails on a text with the id of an object in it, which is not known yet. " +
			"In JSON and YAML, put the id into quotes.", 0}
	}
	return discreet(err, args)
}

// discreet keeps an error back that could quote a sensitive argument.
func discreet(err error, args []cty.Value) error {
	if err == nil || !slices.ContainsFunc(args, HasSensitive) {
		return err
	}
	return &functionError{"sensitive_argument", "Function fails on a sensitive value",
		"The function fails. Why is not shown, because one of its arguments is sensitive; try it with a value that is not.", 0}
}

// limitOf is a limit that a function passed; arg is the argument that is to blame, from 1, or 0 for the call.
func limitOf(f *limit.Fault, arg int) error {
	return &functionError{CodeLimit, f.Summary, f.Detail, arg}
}

const (
	unknownIDSummary = "Id not known yet"
	unknownIDDetail  = "This depends on the id of an object, which Datadog gives when the object is made. An id can be placed in a text, a list or a field; it " +
		"cannot decide anything, so it cannot stand in a condition, a comparison, a key or a function that looks into it."
)
