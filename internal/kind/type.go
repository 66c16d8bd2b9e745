package kind

import "encoding/json"

// Shape is the sort of JSON value a Type stands for.
type Shape int

// The shapes. Any is a value of which nothing is known; Union is one of several objects, told apart by their
// content.
const (
	Any Shape = iota
	Object
	Union
	List
	Map // an object whose keys are free and whose values are Elem
	String
	Number
	Integer
	Bool
)

// Type is what is known of one value of a body.
type Type struct {
	Name     string // the schema's name in the OpenAPI file; empty for an inline one
	Shape    Shape
	Fields   map[string]*Field // of an Object
	Elem     *Type             // of a List or Map
	Variants []*Type           // of a Union
	Enum     []string          // allowed values of a String; empty if any
	// Equivalent holds groups of string values that mean the same to the server and may come back for each other.
	Equivalent [][]string
}

// Field is what is known of one key of an object.
type Field struct {
	Name string
	Type *Type

	// From the OpenAPI file.
	Required   bool
	Deprecated bool
	Nullable   bool
	// Default is the value a missing key stands for; nil if none is known. It comes from the overlay where that
	// knows better than the file. Numbers are json.Number.
	Default any

	// From the overlay (see overlay.go for the source of each).
	ReadOnly  bool   // set by the server, ignored when sent
	Volatile  bool   // given by the server, kept when sent, of no meaning to a person: ids of widgets
	Unmanaged bool   // belongs to people or other tools unless it is written: mutes, roles, recipients
	ForceNew  bool   // cannot be changed on an existing object
	Trim      bool   // the server trims white space around it
	Set       bool   // the order of the list means nothing
	Query     bool   // the string is a query of a monitor or a widget
	Ref       string // the kind of object whose id this is; empty if none
	Note      string // what a person should know; our own words
	Doc       string // where Datadog documents it
}

// number is shorthand for the tables.
func number(s string) json.Number { return json.Number(s) }
