package lang

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty-yaml"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"ddmon/internal/limit"
	"ddmon/internal/root"
)

// passesIDs names the functions that keep ids intact: they combine, split or encode values without inspecting strings.
// Functions that trim or indent qualify, because an id has no white space.
var passesIDs = setOf(
	"chomp", "chunklist", "coalesce", "coalescelist", "compact", "concat", "element", "flatten", "format", "formatlist", "indent",
	"join", "jsondecode", "jsonencode", "keys", "length", "lookup", "merge", "one", "reverse", "slice", "tolist", "tomap", "tonumber", "toset", "tostring",
	"trimspace", "values", "yamldecode", "yamlencode", "zipmap",
)

// handlesIDs names the functions that get their arguments unchanged and handle ids themselves.
var handlesIDs = setOf("try", "can", "sensitive", "nonsensitive", "templatefile")

// dropsIDs names the functions whose results do not depend on ids in the arguments.
var dropsIDs = setOf("can", "keys", "length")

func setOf(names ...string) map[string]bool {
	set := make(map[string]bool, len(names))
	for _, n := range names {
		set[n] = true
	}
	return set
}

// pure returns the functions that depend only on their arguments, by their names in Terraform.
func pure() map[string]function.Function {
	return map[string]function.Function{
		// numbers
		"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc, "max": stdlib.MaxFunc,
		"min": stdlib.MinFunc, "parseint": stdlib.ParseIntFunc, "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc, "sum": sumFunc,
		// strings
		"chomp": stdlib.ChompFunc, "endswith": suffixFunc, "format": stdlib.FormatFunc, "formatlist": stdlib.FormatListFunc,
		"indent": stdlib.IndentFunc, "join": stdlib.JoinFunc, "lower": stdlib.LowerFunc, "regex": stdlib.RegexFunc,
		"regexall": stdlib.RegexAllFunc, "replace": replaceFunc, "split": stdlib.SplitFunc, "startswith": prefixFunc,
		"strcontains": containsTextFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "title": stdlib.TitleFunc,
		"trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimspace": stdlib.TrimSpaceFunc,
		"trimsuffix": stdlib.TrimSuffixFunc, "upper": stdlib.UpperFunc,
		// collections
		"alltrue": allTrueFunc, "anytrue": anyTrueFunc, "chunklist": stdlib.ChunklistFunc, "coalesce": coalesceFunc,
		"coalescelist": stdlib.CoalesceListFunc, "compact": stdlib.CompactFunc, "concat": stdlib.ConcatFunc,
		"contains": stdlib.ContainsFunc, "distinct": distinctFunc, "element": stdlib.ElementFunc, "flatten": stdlib.FlattenFunc,
		"index": indexFunc, "keys": stdlib.KeysFunc, "length": lengthFunc, "lookup": lookupFunc, "matchkeys": matchKeysFunc,
		"merge": stdlib.MergeFunc, "one": oneFunc, "range": rangeFunc, "reverse": stdlib.ReverseListFunc,
		"setintersection": stdlib.SetIntersectionFunc, "setproduct": stdlib.SetProductFunc, "setsubtract": stdlib.SetSubtractFunc,
		"setunion": stdlib.SetUnionFunc, "slice": stdlib.SliceFunc, "sort": stdlib.SortFunc, "transpose": transposeFunc,
		"values": stdlib.ValuesFunc, "zipmap": stdlib.ZipmapFunc,
		// types
		"tobool": stdlib.MakeToFunc(cty.Bool), "tolist": toCollection(cty.List(cty.DynamicPseudoType)),
		"tomap": toCollection(cty.Map(cty.DynamicPseudoType)),
		"toset": toCollection(cty.Set(cty.DynamicPseudoType)), "tostring": stdlib.MakeToFunc(cty.String),
		// encodings, hashes, dates
		"base64decode": base64DecodeFunc, "base64encode": base64EncodeFunc, "csvdecode": stdlib.CSVDecodeFunc,
		"jsondecode": stdlib.JSONDecodeFunc, "jsonencode": stdlib.JSONEncodeFunc, "md5": md5Func, "sha1": sha1Func,
		"sha256": sha256Func, "sha512": sha512Func, "urlencode": urlEncodeFunc, "uuidv5": uuidV5Func,
		"yamldecode": yaml.YAMLDecodeFunc, "yamlencode": yaml.YAMLEncodeFunc,
		"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc,
		// paths
		"basename": basenameFunc, "dirname": dirnameFunc,
	}
}

// refused are functions of Terraform that are not supported, with the reason.
func refused() map[string]string {
	return map[string]string{
		"abspath":       "The stack's folder differs between machines, but its objects must not. Write the string itself.",
		"bcrypt":        "Its result differs each time, so every plan would show a change. Use sha256.",
		"pathexpand":    "The home folder differs between machines, but the stack's objects must not. Write the string itself.",
		"plantimestamp": "Its result differs each time, so every plan would show a change. Use a variable for the time.",
		"timestamp":     "Its result differs each time, so every plan would show a change. Use a variable for the time.",
		"uuid":          "Its result differs each time, so every plan would show a change. Use uuidv5, which derives a UUID from a name.",
	}
}

// library builds the functions of one scope.
type library struct {
	meter   *limit.Meter
	refs    *References
	secrets *Secrets
	// isOpen reports whether the value of a reference is known not to be sensitive, without evaluating it.
	isOpen func(hcl.Traversal) bool
}

// functions returns all functions. File functions can read only below the folder.
func (l library) functions(in *root.Root) map[string]function.Function {
	table := pure()
	files := folder{in, l.meter}
	table["file"] = files.file()
	table["filebase64"] = files.fileBase64()
	table["fileexists"] = files.fileExists()
	table["fileset"] = files.fileSet()
	table["tonumber"] = l.refs.toNumber()
	for name, reason := range refused() {
		table[name] = unsupported(reason)
	}
	for name, f := range table {
		table[name] = l.guard(name, f)
	}
	table["try"] = l.try(false)
	table["can"] = l.try(true)
	table["sensitive"] = sensitiveFunc
	table["nonsensitive"] = l.nonsensitive()
	table["templatefile"] = files.templateFile(table)
	return table
}

// FunctionNames returns the names of the functions, and of those of Terraform that are errors, sorted.
func FunctionNames() (supported, unsupported []string) {
	all := library{refs: newReferences()}.functions(nil)
	for name := range refused() {
		delete(all, name)
	}
	return slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(refused()))
}
