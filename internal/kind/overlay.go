package kind

import (
	"fmt"
	"slices"
	"strings"
)

// overlay contains facts about a kind that are not in the OpenAPI file. It is maintained by hand, as data, each entry
// with its source:
//
//	FINDINGS  counted from recordings of the API's answers (section in brackets)
//	DOC       Datadog's documentation
//	TF        terraform-provider-datadog, resource_datadog_monitor_json.go and resource_datadog_monitor.go
//	KEN       grosser/kennel, lib/kennel/models/{record,monitor,dashboard}.rb
type overlay struct {
	// added has fields and types that are not in the OpenAPI file, in the format of table.
	added  string
	fields []fact
	values []valueFact
	equal  []equalFact
	reads  []readFact
}

// fact describes one field of a schema, in addition to the OpenAPI file.
type fact struct {
	// schema is the object's name; "*X" is every object whose name ends in X and that has the field.
	schema, field string
	Type          string // replaces the file's: an expression as in table
	Default       any    // replaces the file's
	ReadOnly      bool
	Volatile      bool
	Unmanaged     bool
	ForceNew      bool
	Trim          bool
	Set           bool
	Query         bool
	Numeric       bool
	Nullable      bool
	Optional      bool // Datadog accepts objects without the field even if the file says required
	Ref           string
	Use           string
	Note          string
	Doc           string
}

// valueFact describes the values of an enum, in addition to the OpenAPI file.
type valueFact struct {
	schema     string
	more       []string // additional allowed values
	equivalent [][]string
}

// equalFact describes when two values of a field are equal.
type equalFact struct {
	schema, field string
	Derived       bool
	Lower         bool
	Instant       bool
}

// readFact describes what Datadog rejects or returns of a field. It is not part of Kind.Version, because a body that was compared
// without the fact has the same meaning with it.
type readFact struct {
	schema, field string
	WriteOnly     bool
	Generated     bool
	Strict        bool
	ReadWith      string
}

// apply applies the overlay to the table. It fails if they do not match: a fact about a field that does not exist, or
// an addition that the table already has.
func (o overlay) apply(t table) error {
	if err := t.read(o.added); err != nil {
		return err
	}
	for _, fact := range o.fields {
		if err := fact.apply(t); err != nil {
			return err
		}
	}
	for _, e := range o.equal {
		f := t[e.schema].Field(e.field, nil)
		if f == nil {
			return fmt.Errorf("overlay: the object %[2]s has no field %[1]s", e.field, e.schema)
		}
		f.Derived, f.Lower, f.Instant = e.Derived, e.Lower, e.Instant
	}
	for _, r := range o.reads {
		f := t[r.schema].Field(r.field, nil)
		if f == nil {
			return fmt.Errorf("overlay: the object %[2]s has no field %[1]s", r.field, r.schema)
		}
		f.WriteOnly, f.Generated, f.Strict, f.ReadWith = r.WriteOnly, r.Generated, r.Strict, r.ReadWith
	}
	for _, v := range o.values {
		typ, ok := t[v.schema]
		if !ok || len(typ.Enum) == 0 {
			return fmt.Errorf("overlay: the enum %s does not exist", v.schema)
		}
		for _, value := range v.more {
			if slices.Contains(typ.Enum, value) {
				return fmt.Errorf("overlay: %s already allows %q", v.schema, value)
			}
		}
		typ.Enum = append(typ.Enum, v.more...)
		typ.Equivalent = v.equivalent
	}
	return nil
}

// apply applies the fact to its field, or to all matching fields. A fact about queries skips fields that are not
// strings: a field named query is often an object.
func (fact fact) apply(t table) error {
	suffix, wild := strings.CutPrefix(fact.schema, "*")
	if !wild {
		f := t[fact.schema].Field(fact.field, nil)
		if f == nil {
			return fmt.Errorf("overlay: the object %[2]s has no field %[1]s", fact.field, fact.schema)
		}
		fact.write(t, f)
		return nil
	}
	found := false
	for name, typ := range t {
		f := typ.Fields[fact.field]
		if f == nil || !strings.HasSuffix(name, suffix) || fact.Query && f.Type.Shape != String {
			continue
		}
		found = true
		fact.write(t, f)
	}
	if !found {
		return fmt.Errorf("overlay: no object %[2]s has a field %[1]s", fact.field, fact.schema)
	}
	return nil
}

func (fact fact) write(t table, f *Field) {
	if fact.Type != "" {
		f.Type = t.expr(fact.Type)
	}
	f.ReadOnly = f.ReadOnly || fact.ReadOnly
	f.Volatile = f.Volatile || fact.Volatile
	f.Unmanaged = f.Unmanaged || fact.Unmanaged
	f.ForceNew = f.ForceNew || fact.ForceNew
	f.Trim = f.Trim || fact.Trim
	f.Set = f.Set || fact.Set
	f.Query = f.Query || fact.Query
	f.Numeric = f.Numeric || fact.Numeric
	f.Nullable = f.Nullable || fact.Nullable
	f.Required = f.Required && !fact.Optional
	if fact.Default != nil {
		f.Default = fact.Default
	}
	for _, text := range []struct {
		to   *string
		from string
	}{{&f.Ref, fact.Ref}, {&f.Use, fact.Use}, {&f.Note, fact.Note}, {&f.Doc, fact.Doc}} {
		if text.from != "" {
			*text.to = text.from
		}
	}
}
