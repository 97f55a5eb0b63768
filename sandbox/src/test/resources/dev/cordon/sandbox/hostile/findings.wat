;; a million findings
(module
  (import "cordon" "found_tag" (func $tag (param i32 i32 f32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "cup")
  (func (export "analyse") (result i32) (local i32)
    (loop $l
      (call $tag (i32.const 0) (i32.const 3) (f32.const 0.5))
      (br_if $l (i32.ne (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 1000000))))
    (i32.const 0)))
