package kind

import (
	"fmt"
	"slices"
	"strings"
)

// overlay is what is known of a kind beside the OpenAPI file. It is kept by hand, as data, each entry with its source:
//
//	FINDINGS  counted from recordings of the API's answers (section in brackets)
//	DOC       Datadog's documentation
//	TF        terraform-provider-datadog, resource_datadog_monitor_json.go and resource_datadog_monitor.go
//	KEN       grosser/kennel, lib/kennel/models/{record,monitor,dashboard}.rb
type overlay struct {
	// added is text in the format of table: fields and types that the OpenAPI file does not have.
	added  string
	fields []fact
	values []valueFact
	equal  []equalFact
}

// fact is what is known of the field of one schema, on top of the OpenAPI file.
type fact struct {
	// schema is the object's name; "*X" stands for every object whose name ends in X and that has the field.
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
	Optional      bool // the server accepts its absence, whatever the file says
	Ref           string
	Use           string
	Note          string
	Doc           string
}

// valueFact is what is known of the values of an enum, on top of the OpenAPI file.
type valueFact struct {
	schema     string
	more       []string // allowed too
	equivalent [][]string
}

// equalFact is what makes two values of a field equal, beyond what fact says.
type equalFact struct {
	schema, field string
	Derived       bool
	Lower         bool
	Instant       bool
}

// apply writes the overlay into the table. It fails if the two do not fit: a fact about a field that does not exist,
// or an addition that the table has.
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
			return fmt.Errorf("overlay: there is no field %s in an object %s", e.field, e.schema)
		}
		f.Derived, f.Lower, f.Instant = e.Derived, e.Lower, e.Instant
	}
	for _, v := range o.values {
		typ, ok := t[v.schema]
		if !ok || len(typ.Enum) == 0 {
			return fmt.Errorf("overlay: there is no enum %s", v.schema)
		}
		for _, value := range v.more {
			if slices.Contains(typ.Enum, value) {
				return fmt.Errorf("overlay: %s allows %q already", v.schema, value)
			}
		}
		typ.Enum = append(typ.Enum, v.more...)
		typ.Equivalent = v.equivalent
	}
	return nil
}

// apply writes the fact to its field, or to all of them. One about queries leaves alone what is no string: a field
// named query is often an object.
func (fact fact) apply(t table) error {
	suffix, wild := strings.CutPrefix(fact.schema, "*")
	if !wild {
		f := t[fact.schema].Field(fact.field, nil)
		if f == nil {
			return fmt.Errorf("overlay: there is no field %s in an object %s", fact.field, fact.schema)
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
		return fmt.Errorf("overlay: there is no field %s in any object %s", fact.field, fact.schema)
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
