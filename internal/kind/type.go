package kind

// Shape is the sort of JSON value a Type stands for.
type Shape int

// The shapes. Any is a value of which nothing is known; Union is one of several types, told apart by the content of
// the value (see Type.Resolve).
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

// String names the shape in a sentence: "a string".
func (s Shape) String() string {
	switch s {
	case Object, Map:
		return "an object"
	case List:
		return "a list"
	case String:
		return "a string"
	case Number:
		return "a number"
	case Integer:
		return "a whole number"
	case Bool:
		return "a bool"
	default:
		return "a value"
	}
}

// Type is what is known of one value of a body. Types may be recursive (a group holds widgets); nobody changes one
// that a Kind gave out.
type Type struct {
	Name     string // the schema's name in the OpenAPI file; empty for an inline one
	Shape    Shape
	Fields   map[string]*Field // of an Object
	Elem     *Type             // of a List or Map
	NullElem bool              // whether an element of the List or Map may be null
	Variants []*Type           // of a Union; none of them is a Union
	Enum     []string          // allowed values of a String; empty if any
	// Equivalent holds groups of string values that mean the same to the server and may come back for each other.
	Equivalent [][]string

	required []*Field // of an Object, by name
	elem     *Field   // of a Map or an open Object: what Field returns for any other key
	tells    []tell   // of a Union: the keys that tell its variants apart, the best first
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
	// knows better than the file. Numbers are json.Number. A required field has none.
	Default any

	// From the overlay (see overlay.go for the source of each).
	ReadOnly  bool   // set by the server, ignored when sent
	Volatile  bool   // given by the server, kept when sent, of no meaning to a person: ids of widgets
	Unmanaged bool   // belongs to people or other tools unless it is written: mutes, roles, recipients
	ForceNew  bool   // cannot be changed on an existing object
	Trim      bool   // the server trims white space around it
	Set       bool   // the order of the list means nothing
	Query     bool   // the string is a query of a monitor or a widget
	Numeric   bool   // the server takes a number for a string here and a numeric string for a number
	Derived   bool   // derived by the server from other fields unless it is written; then neither compared nor sent
	Lower     bool   // the server writes the letters of the text, or of a list's texts, in lower case
	Instant   bool   // a time in RFC 3339, which the server writes in another zone
	Ref       string // the kind of object whose id this is; empty if none
	Use       string // what to write instead of a deprecated field; empty if nothing is known
	Note      string // what a person should know; our own words
	Doc       string // where Datadog documents it
}
