package kind

// Shape is the JSON type of the values of a Type.
type Shape int

// The shapes. Any accepts every value. Union is one of several types; the content of the value determines which (see
// Type.Resolve).
const (
	Any Shape = iota
	Object
	Union
	List
	Map // an object with arbitrary keys whose values are Elem
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
		return "an integer"
	case Bool:
		return "a bool"
	default:
		return "a value"
	}
}

// Type is the type of a value of a body. Types can be recursive (a group contains widgets). Types of a Kind must not be
// changed.
type Type struct {
	Name     string // the schema's name in the OpenAPI file; empty for an inline one
	Shape    Shape
	Fields   map[string]*Field // of an Object
	Elem     *Type             // of a List or Map
	NullElem bool              // an element of the List or Map can be null
	Variants []*Type           // of a Union; none of them is a Union
	Enum     []string          // allowed values of a String; empty if all are allowed
	// Equivalent has groups of values that are the same for Datadog, which can return one instead of another.
	Equivalent [][]string

	required []*Field // of an Object, by name
	elem     *Field   // of a Map or an open Object: what Field returns for any other key
	// discriminators are the fields of a Union that distinguish its variants, best first.
	discriminators []discriminator
}

// Field is a field of an object.
type Field struct {
	Name string
	Type *Type

	// From the OpenAPI file.
	Required   bool
	Deprecated bool
	Nullable   bool
	// Default is the value of a missing field; nil if unknown. The overlay overrides the file. Numbers are json.Number.
	// A required field has no default.
	Default any

	// From the overlay (see overlay.go for the source of each).
	ReadOnly  bool   // set by Datadog, ignored in requests
	Volatile  bool   // assigned by Datadog, kept if sent, meaningless to users: ids of widgets
	Unmanaged bool   // managed by users or other tools unless it is set: mutes, roles, recipients
	ForceNew  bool   // cannot be changed on an existing object
	Trim      bool   // Datadog trims white space around the value
	Set       bool   // the order of the list does not matter
	Query     bool   // the string is a query of a monitor or a widget
	Numeric   bool   // Datadog accepts a number as a string here, and a numeric string as a number
	Derived   bool   // Datadog derives it from other fields unless it is set; then it is neither compared nor sent
	Lower     bool   // Datadog converts the string, or the strings in a list, to lower case
	Instant   bool   // a time in RFC 3339, which Datadog can return in another time zone
	WriteOnly bool   // Datadog accepts the value and never returns it
	Generated bool   // Datadog generates the value of a missing field once, and keeps it
	Strict    bool   // Datadog is recorded to reject other values than those of the enum
	ReadWith  string // the parameter of a read by id that returns the field; empty if every response has it
	Ref       string // the kind of the object whose id this is; empty for other fields
	Use       string // what to use instead of a deprecated field; empty if there is no replacement
	Note      string // documentation for users, in our own words
	Doc       string // URL of Datadog's documentation
}
