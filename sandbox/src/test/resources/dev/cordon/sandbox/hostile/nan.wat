;; a score that is no number
(module
  (import "cordon" "found_tag" (func $tag (param i32 i32 f32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "cup")
  (func (export "analyse") (result i32)
    (call $tag (i32.const 0) (i32.const 3) (f32.const nan))
    (i32.const 0)))
